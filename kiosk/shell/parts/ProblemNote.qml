pragma ComponentBehavior: Bound

import QtQuick

// What went wrong and what to do, never by colour alone.
Rectangle {
    id: note

    property string text: ""
    property string symbol: "problem"
    property color ink: Theme.problem
    property color ground: Theme.problemSoft

    Accessible.name: text
    Accessible.role: Accessible.AlertMessage
    border.color: ink
    border.width: Theme.lineStrong / 2
    color: ground
    implicitHeight: Math.max(words.height, sign.height) + Theme.space * 2
    radius: Theme.radius
    visible: text !== ""

    Icon {
        id: sign

        anchors.left: parent.left
        anchors.leftMargin: Theme.space
        anchors.verticalCenter: parent.verticalCenter
        colour: note.ink
        fill: note.ground
        name: note.symbol
        size: Theme.sign
    }

    Balanced {
        id: words

        anchors.left: sign.right
        anchors.leftMargin: Theme.space
        anchors.right: parent.right
        anchors.rightMargin: Theme.space
        anchors.verticalCenter: parent.verticalCenter
        color: note.ink
        font.bold: true
        text: note.text
    }
}
