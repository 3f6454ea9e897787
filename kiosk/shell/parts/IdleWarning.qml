pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// Covers the page, so that nothing personal can be read, until a person says they are still here.
Rectangle {
    id: warning

    required property Shell shell

    readonly property bool landscape: width > height

    color: Theme.page
    objectName: "idleWarning"

    MouseArea {
        anchors.fill: parent
    }

    Column {
        anchors.centerIn: parent
        anchors.verticalCenterOffset: -Theme.mm(22)
        spacing: warning.landscape ? Theme.gap : Theme.wide
        width: Math.min(parent.width - Theme.margin * 2, Theme.mm(220))

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            name: "hourglass"
            size: Theme.mm(38)
            visible: !warning.landscape || Theme.textStep < 2
        }

        Words {
            font.bold: true
            font.pixelSize: Theme.display
            horizontalAlignment: Text.AlignHCenter
            lineHeight: Theme.leadingTight
            text: qsTr("您还在吗？")
            width: parent.width
        }

        Balanced {
            font.pixelSize: Theme.lead
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("为保护您的隐私，填写的内容已经隐藏。")
            width: parent.width
        }

        Words {
            color: Theme.accent
            font.bold: true
            font.pixelSize: Theme.em(22)
            horizontalAlignment: Text.AlignHCenter
            lineHeight: 1.1
            objectName: "countdown"
            text: warning.shell.secondsLeft
            width: parent.width
        }

        Balanced {
            color: Theme.inkSoft
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("秒后将清除全部内容并回到首页")
            width: parent.width
        }
    }

    ActionButton {
        anchors.bottom: parent.bottom
        anchors.bottomMargin: warning.landscape ? Theme.margin : Theme.mm(24)
        anchors.horizontalCenter: parent.horizontalCenter
        height: Theme.mm(32)
        objectName: "stay"
        textSize: Theme.display
        width: Math.min(parent.width - Theme.margin * 2, Theme.mm(200))
        words: qsTr("我还在")

        onTapped: warning.shell.stay()
    }
}
