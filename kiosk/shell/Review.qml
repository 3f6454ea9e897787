pragma ComponentBehavior: Bound

import QtQuick
import "parts"

PageFrame {
    id: review

    forwardText: shell.review.submitLabel === "" ? qsTr("确认提交") : shell.review.submitLabel
    page: shell.review
    symbol: "list"

    onForward: shell.proceed()

    RowList {
        changeText: qsTr("修改")
        rows: review.shell.review.rows
        width: parent.width

        onChangeAsked: step => review.shell.change(step)
    }
}
