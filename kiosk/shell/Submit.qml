pragma ComponentBehavior: Bound

import QtQuick
import "parts"

PageFrame {
    id: submit

    centred: true
    page: shell.submit
    symbol: "document"

    Statement {
        headline: qsTr("请稍候，不要离开")
        turning: true
        width: parent.width
        words: submit.shell.submit.message
    }
}
