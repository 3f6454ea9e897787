pragma ComponentBehavior: Bound

import QtQuick
import "parts"

PageFrame {
    id: review

    forwardText: shell.review.submitLabel === "" ? qsTr("确认提交") : shell.review.submitLabel
    page: shell.review
    symbol: "list"

    onForward: shell.proceed()

    ProblemNote {
        readonly property bool failed: review.shell.review.paperState === "failed" || review.shell.review.paperState === "unknown"

        ground: failed ? Theme.careSoft : Theme.accentSoft
        ink: failed ? Theme.care : Theme.accent
        objectName: "paper"
        symbol: "printer"
        text: review.shell.review.paperMessage
        width: parent.width
    }

    RowList {
        changeText: qsTr("修改")
        rows: review.shell.review.rows
        width: parent.width

        onChangeAsked: step => review.shell.change(step)
    }

    ActionButton {
        objectName: "printDocument"
        primary: false
        symbol: "printer"
        visible: review.shell.review.paperLabel !== ""
        width: parent.width
        words: review.shell.review.paperLabel

        onTapped: review.shell.printDocument()
    }
}
