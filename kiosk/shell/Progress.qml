pragma ComponentBehavior: Bound

import QtQuick
import "parts"

PageFrame {
    id: progress

    property string number: shell.progress.number
    readonly property string state_: shell.progress.state
    readonly property bool asking: state_ === "asking"

    forwardEnabled: number.length > 3 && !asking
    forwardText: asking ? qsTr("正在查询…") : qsTr("查询")
    page: shell.progress
    panelShown: state_ !== "found"

    onForward: shell.askProgress(number)

    panel: Keyboard {
        kind: "digits"
        next: ""
        width: parent.width

        onErased: progress.number = progress.number.slice(0, -1)
        onTyped: text => progress.number += text
    }

    Row {
        id: hint

        spacing: Theme.wide
        visible: progress.state_ !== "found"
        width: parent.width

        Icon {
            id: picture

            fill: Theme.plain ? Theme.accentSoft : Theme.page
            name: "scan"
            size: Theme.mm(34)
        }

        Words {
            anchors.verticalCenter: parent.verticalCenter
            font.pixelSize: Theme.lead
            text: progress.shell.progress.guidance
            width: hint.width - picture.width - hint.spacing
        }
    }

    ProblemNote {
        objectName: "problem"
        symbol: progress.state_ === "found" ? "info" : "problem"
        ground: progress.state_ === "found" ? Theme.goodSoft : (progress.state_ === "asking" ? Theme.accentSoft : Theme.careSoft)
        ink: progress.state_ === "found" ? Theme.good : (progress.state_ === "asking" ? Theme.accent : Theme.care)
        text: progress.shell.progress.message
        width: parent.width
    }

    EntryBox {
        active: progress.state_ !== "found"
        objectName: "field:number"
        placeholder: qsTr("办件编号")
        text: progress.number
        width: parent.width
        words: qsTr("办件编号")
    }

    RowList {
        rows: progress.shell.progress.rows
        visible: progress.shell.progress.rows.count > 0
        width: parent.width
    }
}
