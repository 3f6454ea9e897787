pragma ComponentBehavior: Bound

import QtQuick

Rectangle {
    id: badge

    required property string symbol
    required property string text

    border.color: Theme.strong
    border.width: Theme.plain ? 0 : Theme.line
    color: Theme.plain ? Theme.surface : Theme.page
    implicitHeight: Theme.mm(10)
    implicitWidth: inside.width + Theme.wide
    radius: height / 2

    Row {
        id: inside

        anchors.centerIn: parent
        spacing: Theme.mm(1.5)

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: badge.symbol
            size: Theme.mm(5.5)
        }

        Words {
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.accent
            font.bold: true
            font.pixelSize: Theme.em(4.6)
            lineHeight: 1
            text: badge.text
        }
    }
}
