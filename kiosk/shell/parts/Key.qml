pragma ComponentBehavior: Bound

import QtQuick

// One key of a keyboard: a letter, a word or a picture.
Pressable {
    id: key

    property string symbol: ""
    property string label: words
    property bool special: false
    property real share: 1

    implicitHeight: Theme.touchKey
    objectName: "key:" + words
    rapid: true

    Rectangle {
        anchors.fill: parent
        border.color: Theme.plain ? Theme.line_ : Theme.strong
        border.width: Theme.line
        color: key.down ? Theme.accent : (key.chosen ? Theme.accentSoft : (key.special ? Theme.sunken : Theme.surface))
        radius: Theme.radius * 0.7
    }

    Words {
        anchors.centerIn: parent
        color: key.down ? Theme.accentInk : Theme.ink
        font.bold: true
        font.pixelSize: key.label.length > 3 ? Theme.em(5.2) : Theme.keyText
        fontSizeMode: Text.HorizontalFit
        horizontalAlignment: Text.AlignHCenter
        lineHeight: 1
        minimumPixelSize: Theme.em(3)
        text: key.symbol === "" ? key.label : ""
        width: key.width - Theme.mm(1)
        wrapMode: Text.NoWrap
    }

    Icon {
        anchors.centerIn: parent
        colour: key.down ? Theme.accentInk : Theme.ink
        name: key.symbol === "" ? "erase" : key.symbol
        size: Theme.mm(8)
        visible: key.symbol !== ""
    }
}
