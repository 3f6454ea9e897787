pragma ComponentBehavior: Bound

import QtQuick

// What went wrong and what to do, never by colour alone. Nearly every page has some that say nothing: those are empty.
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
    implicitHeight: said.height + Theme.space * 2
    radius: Theme.radius
    visible: text !== ""

    Loader {
        id: said

        active: note.text !== ""
        anchors.left: parent.left
        anchors.margins: Theme.space
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter

        sourceComponent: Item {
            implicitHeight: Math.max(words.height, sign.height)

            Icon {
                id: sign

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
                anchors.verticalCenter: parent.verticalCenter
                color: note.ink
                font.bold: true
                text: note.text
            }
        }
    }
}
