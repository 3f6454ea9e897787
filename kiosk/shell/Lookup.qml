pragma ComponentBehavior: Bound

import QtQuick
import "parts"

PageFrame {
    id: lookup

    readonly property string state_: shell.lookup.state

    centred: state_ !== "found"
    forwardText: state_ === "asking" ? "" : qsTr("继续")
    page: shell.lookup
    symbol: state_ === "unavailable" ? "network" : "document"

    onForward: shell.proceed()

    Statement {
        symbol: lookup.landscape ? "" : "network"
        turning: lookup.state_ === "asking"
        visible: lookup.state_ !== "found"
        width: parent.width
        words: lookup.shell.lookup.message
    }

    SampleMark {
        text: lookup.state_ === "found" ? lookup.shell.lookup.sample : ""
        width: parent.width
    }

    RowList {
        rows: lookup.shell.lookup.rows
        visible: lookup.state_ === "found" && lookup.shell.lookup.rows.count > 0
        width: parent.width
    }

    Words {
        text: lookup.shell.lookup.message
        visible: lookup.state_ === "found" && text !== ""
        width: parent.width
    }
}
