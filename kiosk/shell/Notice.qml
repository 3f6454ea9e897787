import QtQuick
import Kiosk
import "parts"

PageFrame {
    id: notice

    forwardName: "agree"
    forwardText: shell.notice.agreeLabel === "" ? qsTr("我知道了") : shell.notice.agreeLabel
    otherName: "decline"
    otherText: shell.notice.declineLabel
    page: shell.notice

    onForward: shell.agree()
    onOther: shell.decline()

    Reading {
        leastHeight: notice.viewHeight
        paragraphs: notice.shell.notice.paragraphs
        width: parent.width
    }
}
