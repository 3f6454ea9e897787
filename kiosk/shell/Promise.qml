pragma ComponentBehavior: Bound

import QtQuick
import "parts"

PageFrame {
    id: promise

    property bool read: false

    forwardEnabled: read
    forwardName: "agree"
    forwardText: read ? (shell.promise.agreeLabel === "" ? qsTr("我已阅读并承诺") : shell.promise.agreeLabel) : qsTr("请先看完全文")
    page: shell.promise
    symbol: "certificate"

    onForward: shell.agree()

    Binding on read {
        restoreMode: Binding.RestoreNone
        value: true
        when: settled.done && promise.scroll.atEnd
    }

    Timer {
        id: settled

        property bool done: false

        interval: 50
        running: true

        onTriggered: done = true
    }

    Reading {
        paragraphs: promise.shell.promise.paragraphs
        width: parent.width
    }
}
