pragma ComponentBehavior: Bound

import QtQuick
import "parts"

PageFrame {
    id: progress

    property string number: shell.progress.number
    readonly property string state_: shell.progress.state
    readonly property bool asking: state_ === "asking"
    readonly property bool found: state_ === "found" && !again
    property bool again: false

    forwardEnabled: found || (number.length > 3 && !asking)
    forwardName: found ? "finish" : "forward"
    forwardText: found ? qsTr("回到首页") : (asking ? qsTr("正在查询…") : qsTr("查询"))
    otherName: found ? "another" : "report"
    otherText: found ? qsTr("再查一件") : (again || state_ === "found" ? "" : shell.progress.reportLabel)
    page: shell.progress
    panelShown: !found
    symbol: "list"

    onForward: {
        if (found) {
            shell.goHome();
        } else {
            again = false;
            shell.askProgress(number);
        }
    }
    onOther: {
        if (!found) {
            shell.report();
            return;
        }
        number = "";
        again = true;
    }

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
        visible: !progress.found
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
        text: progress.again ? "" : progress.shell.progress.message
        width: parent.width
    }

    EntryBox {
        active: !progress.found
        objectName: "field:number"
        placeholder: qsTr("办件编号")
        text: progress.number
        visible: !progress.found
        width: parent.width
        words: qsTr("办件编号")
    }

    Repeater {
        model: progress.found ? progress.shell.progress.bringLabels : []

        ActionButton {
            id: bring

            required property int index
            required property string modelData

            objectName: `bring:${bring.index + 1}`
            symbol: "camera"
            width: parent.width
            words: bring.modelData

            onTapped: progress.shell.bringMissing(bring.index + 1)
        }
    }

    RowList {
        rows: progress.shell.progress.rows
        visible: progress.found && progress.shell.progress.rows.count > 0
        width: parent.width
    }

    ActionButton {
        objectName: "bring:0"
        primary: false
        symbol: "camera"
        visible: progress.found && words !== ""
        width: parent.width
        words: progress.shell.progress.ownLabel

        onTapped: progress.shell.bringMissing(0)
    }

    ActionButton {
        objectName: "stuck"
        primary: false
        symbol: "help"
        visible: progress.found && words !== ""
        width: parent.width
        words: progress.shell.progress.reportLabel

        onTapped: progress.shell.report()
    }
}
