pragma ComponentBehavior: Bound

import QtQuick
import "parts"

PageFrame {
    id: identify

    readonly property string state_: shell.identify.state

    centred: true
    page: shell.identify

    Panel {
        id: stage

        color: Theme.accentSoft
        height: Math.max(Theme.mm(70), identify.viewHeight - says.height - Theme.space)
        width: parent.width

        Icon {
            anchors.centerIn: parent
            fill: Theme.plain ? Theme.paper : Theme.page
            name: identify.state_ === "done" ? "success" : "lay-card"
            size: Math.min(stage.height, stage.width) * (identify.state_ === "done" ? 0.5 : 0.82)
        }

        Spinner {
            anchors.bottom: parent.bottom
            anchors.right: parent.right
            anchors.margins: Theme.wide
            size: Theme.mm(18)
            visible: identify.state_ === "reading"
        }
    }

    Column {
        id: says

        spacing: Theme.wide
        bottomPadding: Theme.wide
        topPadding: Theme.wide
        width: parent.width

        Words {
            font.bold: true
            font.pixelSize: Theme.title
            horizontalAlignment: Text.AlignHCenter
            lineHeight: 1.25
            objectName: "guidance"
            text: identify.state_ === "reading" ? qsTr("正在读卡，请不要移开") : (identify.state_ === "done" ? qsTr("读取成功，请收好身份证") : identify.shell.identify.guidance)
            width: parent.width
        }

        ProblemNote {
            objectName: "problem"
            text: identify.shell.identify.problem
            width: parent.width
        }
    }
}
