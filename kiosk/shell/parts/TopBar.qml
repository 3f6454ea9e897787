pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

Rectangle {
    id: bar

    required property Shell shell

    color: Theme.plain ? Theme.accent : Theme.page
    implicitHeight: Theme.mm(17)

    Rectangle {
        anchors.bottom: parent.bottom
        color: Theme.strong
        height: Theme.lineStrong
        visible: !Theme.plain
        width: parent.width
    }

    Row {
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            colour: name_.color
            fill: bar.color
            name: "emblem"
            size: Theme.mm(10)
        }

        Words {
            id: name_

            anchors.verticalCenter: parent.verticalCenter
            color: Theme.plain ? Theme.accentInk : Theme.strong
            font.bold: true
            font.pixelSize: Theme.em(6)
            lineHeight: 1
            text: qsTr("瓯e办")
        }

        Words {
            anchors.verticalCenter: parent.verticalCenter
            color: name_.color
            font.pixelSize: Theme.em(4.6)
            lineHeight: 1
            text: qsTr("政务服务自助终端")
        }
    }

    Row {
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space

        Badge {
            objectName: "offline"
            symbol: "offline"
            text: qsTr("离线")
            visible: bar.shell.offline
        }

        Badge {
            objectName: "timeLeft"
            symbol: "clock"
            text: Math.floor(bar.shell.secondsLeft / 60) + ":" + (bar.shell.secondsLeft % 60 < 10 ? "0" : "") + bar.shell.secondsLeft % 60
            visible: bar.shell.idleRunning
        }
    }
}
