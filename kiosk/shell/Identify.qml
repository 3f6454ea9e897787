pragma ComponentBehavior: Bound

import QtQuick
import "parts"

PageFrame {
    id: identify

    readonly property string state_: shell.identify.state

    centred: true
    page: shell.identify
    symbol: state_ === "done" ? "success" : (shell.identify.way === "card" ? "lay-card" : (shell.identify.way === "phone" ? "phone" : "scan"))
    symbolScale: state_ === "done" ? 0.5 : 0.82

    Panel {
        id: stage

        color: Theme.accentSoft
        height: Math.max(Theme.mm(70), identify.viewHeight - says.height - Theme.space)
        visible: !identify.landscape
        width: parent.width

        Icon {
            anchors.centerIn: parent
            fill: Theme.plain ? Theme.paper : Theme.page
            name: identify.symbol
            size: Math.min(stage.height, stage.width) * identify.symbolScale
        }

        Spinner {
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.wide
            anchors.horizontalCenter: parent.horizontalCenter
            fill: Theme.plain ? Theme.paper : Theme.page
            size: Theme.mm(18)
            visible: identify.state_ === "reading"
        }
    }

    Column {
        id: says

        spacing: Theme.wide
        bottomPadding: Theme.gap
        topPadding: Theme.gap
        width: parent.width

        Balanced {
            font.bold: true
            font.pixelSize: Theme.title
            horizontalAlignment: Text.AlignHCenter
            lineHeight: Theme.leadingTight
            objectName: "guidance"
            text: identify.state_ === "reading" && identify.shell.identify.way === "card" ? qsTr("正在读卡，请不要移开") : (identify.state_ === "done" ? qsTr("读取成功，请收好身份证") : identify.shell.identify.guidance)
            width: parent.width
        }

        Spinner {
            anchors.horizontalCenter: parent.horizontalCenter
            size: Theme.mm(18)
            visible: identify.landscape && identify.state_ === "reading"
        }

        ProblemNote {
            objectName: "problem"
            text: identify.shell.identify.problem
            width: parent.width
        }

        Repeater {
            model: identify.shell.identify.ways

            ActionButton {
                required property string itemId
                required property string label

                objectName: "way:" + itemId
                primary: false
                width: says.width
                words: label

                onTapped: identify.shell.select([itemId])
            }
        }
    }
}
