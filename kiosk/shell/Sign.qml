pragma ComponentBehavior: Bound

import QtQuick
import "parts"

PageFrame {
    id: sign

    forwardEnabled: !pad.empty
    forwardText: qsTr("完成签名")
    otherEnabled: !pad.empty
    otherName: "clear"
    otherText: qsTr("重写")
    page: shell.sign
    symbol: "pen"

    onForward: shell.signWith(pad.picture())
    onOther: pad.clear()

    ProblemNote {
        id: problem

        objectName: "problem"
        text: sign.shell.sign.problem
        width: parent.width
    }

    Words {
        id: guidance

        font.pixelSize: Theme.lead
        text: sign.shell.sign.guidance
        visible: text !== ""
        width: parent.width
    }

    SignaturePad {
        id: pad

        height: Math.max(Theme.mm(60), sign.viewHeight - (problem.visible ? problem.height + Theme.space : 0) - (guidance.visible ? guidance.height + Theme.space : 0))
        hint: qsTr("请在这里用手指签名")
        width: parent.width
    }
}
