pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "parts"

Item {
    id: attract

    required property Shell shell
    readonly property bool landscape: width > height
    readonly property real textLeft: landscape ? banner.width + Theme.mm(14) : Theme.margin

    Rectangle {
        id: banner

        color: Theme.accentSoft
        height: attract.landscape ? parent.height : Math.max(0, Math.min(parent.height * 0.46, start.y - pitch.contentHeight - Theme.mm(22)))
        width: attract.landscape ? parent.width * 0.45 : parent.width

        Icon {
            anchors.centerIn: parent
            fill: Theme.plain ? Theme.paper : Theme.page
            name: "welcome"
            size: Math.min(parent.width, parent.height) * 0.86
        }
    }

    ScrollArea {
        id: pitch

        anchors.bottom: start.top
        anchors.bottomMargin: Theme.wide
        anchors.top: attract.landscape ? parent.top : banner.bottom
        anchors.topMargin: attract.landscape ? Theme.mm(6) : Theme.mm(12)
        centred: attract.landscape
        spacing: attract.landscape ? Theme.space : Theme.wide
        width: attract.width - x - Theme.margin
        x: attract.textLeft

        Words {
            Accessible.role: Accessible.Heading
            Accessible.name: text
            font.bold: true
            font.pixelSize: Theme.display * 1.12
            lineHeight: Theme.leadingTight
            objectName: "title"
            text: attract.shell.attract.title === "" ? qsTr("您好，欢迎使用") : attract.shell.attract.title
            width: parent.width
        }

        Balanced {
            color: Theme.inkSoft
            font.pixelSize: Theme.lead
            text: attract.shell.attract.subtitle === "" ? qsTr("24 小时自助办理，带好身份证就可以开始") : attract.shell.attract.subtitle
            width: parent.width
        }

        Repeater {
            model: attract.landscape && Theme.textStep > 2 ? [] : [qsTr("刷身份证，少填写"), qsTr("一步一步有提示，随时可返回"), qsTr("办完可打印凭条、扫码查进度")]

            Row {
                id: point

                required property string modelData

                spacing: Theme.space

                Icon {
                    id: tick

                    anchors.verticalCenter: parent.verticalCenter
                    name: "tick"
                    size: Theme.sign
                }

                Words {
                    anchors.verticalCenter: parent.verticalCenter
                    font.pixelSize: Theme.lead
                    text: point.modelData
                    width: pitch.width - tick.width - point.spacing
                }
            }
        }

        ProblemNote {
            ground: Theme.careSoft
            ink: Theme.care
            objectName: "notice"
            symbol: "info"
            text: attract.shell.attract.notice
            width: parent.width
        }
    }

    ActionButton {
        id: start

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        height: attract.landscape ? Theme.mm(28) : Theme.mm(34)
        objectName: "start"
        width: attract.width - Theme.margin - attract.textLeft
        textSize: Theme.display
        words: qsTr("开始办理")

        onTapped: attract.shell.start()
    }
}
