pragma ComponentBehavior: Bound

import QtQuick

// One big picture and one big sentence, for pages that mostly say something.
Column {
    id: statement

    property string symbol: ""
    property string headline: ""
    property string words: ""
    property bool turning: false
    property real pictureSize: Theme.mm(76)
    property color colour: Theme.accent
    property color fill: Theme.accentSoft

    spacing: Theme.wide

    Icon {
        anchors.horizontalCenter: parent.horizontalCenter
        colour: statement.colour
        fill: statement.fill
        name: statement.symbol === "" ? "document" : statement.symbol
        size: statement.pictureSize
        visible: statement.symbol !== "" && !statement.turning
    }

    Spinner {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: statement.turning
    }

    Balanced {
        color: statement.colour
        font.bold: true
        font.pixelSize: Theme.title
        horizontalAlignment: Text.AlignHCenter
        lineHeight: Theme.leadingTight
        text: statement.headline
        visible: text !== ""
        width: parent.width
    }

    Balanced {
        font.pixelSize: Theme.lead
        horizontalAlignment: Text.AlignHCenter
        text: statement.words
        visible: text !== ""
        width: parent.width
    }
}
