pragma ComponentBehavior: Bound

import QtQuick
import "parts"

PageFrame {
    id: notice

    forwardName: "agree"
    forwardText: shell.notice.agreeLabel === "" ? qsTr("我知道了") : shell.notice.agreeLabel
    otherName: "decline"
    otherText: shell.notice.declineLabel
    page: shell.notice
    symbol: shell.notice.declineLabel === "" ? "social-insurance" : "camera"

    onForward: shell.agree()
    onOther: shell.decline()

    Picture {
        height: Math.min(Theme.mm(110), notice.viewHeight - reading.height - Theme.space - (facts.visible ? facts.height + Theme.space : 0))
        symbol: notice.symbol
        visible: !notice.landscape && height > Theme.mm(34)
        width: parent.width
    }

    Reading {
        id: reading

        paragraphs: notice.shell.notice.paragraphs
        width: parent.width
    }

    RowList {
        id: facts

        objectName: "facts"
        rows: notice.shell.notice.facts
        visible: rows.count > 0
        width: parent.width
    }
}
