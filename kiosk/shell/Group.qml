pragma ComponentBehavior: Bound

import QtQuick
import "parts"

// Several of a kind: a card for each, a way to add one, and what they come to together.
PageFrame {
    id: group

    forwardText: qsTr("继续")
    otherName: "add"
    otherText: shell.group.addLabel
    page: shell.group
    symbol: "list"
    scroll.spacing: Theme.wide

    onForward: shell.proceed()
    onOther: shell.addItem()

    ProblemNote {
        objectName: "problem"
        text: group.shell.group.problem
        width: parent.width
    }

    Words {
        font.pixelSize: Theme.lead
        text: group.shell.group.guidance
        visible: text !== ""
        width: parent.width
    }

    Repeater {
        model: group.shell.group.items

        GroupCard {
            width: parent ? parent.width : 0

            onChangeAsked: group.shell.changeItem(itemId)
            onRemoveAsked: group.shell.removeItem(itemId)
        }
    }

    RowList {
        objectName: "totals"
        rows: group.shell.group.totals
        visible: rows.count > 0
        width: parent.width
    }
}
