pragma ComponentBehavior: Bound

import QtQuick
import "parts"

PageFrame {
    id: lookup

    readonly property string state_: shell.lookup.state
    readonly property string without: state_ === "notFound" ? "search" : "network"
    readonly property bool known: state_ === "found" || state_ === "stopped"

    centred: !known
    forwardText: state_ === "asking" || state_ === "stopped" ? "" : qsTr("继续")
    otherName: "report"
    otherText: shell.lookup.reportLabel
    page: shell.lookup
    symbol: state_ === "unavailable" || state_ === "notFound" ? without : "document"

    onForward: shell.proceed()
    onOther: shell.report()

    Statement {
        pictureSize: lookup.known ? Theme.mm(24) : Theme.mm(76)
        symbol: lookup.landscape && !lookup.known ? "" : (lookup.known ? "info" : lookup.without)
        turning: lookup.state_ === "asking"
        visible: lookup.state_ !== "found"
        width: parent.width
        words: lookup.shell.lookup.message
    }

    SampleMark {
        text: lookup.known ? lookup.shell.lookup.sample : ""
        width: parent.width
    }

    RowList {
        rows: lookup.shell.lookup.rows
        visible: lookup.known && lookup.shell.lookup.rows.count > 0
        width: parent.width
    }

    Words {
        text: lookup.shell.lookup.message
        visible: lookup.state_ === "found" && text !== ""
        width: parent.width
    }
}
