pragma ComponentBehavior: Bound

import QtQuick

// Twelve big keys; the free corner is X for ID numbers, the point of an amount, the + of a phone abroad.
Column {
    id: pad

    property string corner: ""
    property string next: ""
    readonly property real each: (width - Theme.gap * 2) / 3

    signal typed(string text)
    signal erased
    signal finished

    spacing: Theme.gap

    Grid {
        columnSpacing: Theme.gap
        columns: 3
        rowSpacing: Theme.gap

        Repeater {
            model: ["1", "2", "3", "4", "5", "6", "7", "8", "9"]

            Key {
                required property string modelData

                height: Theme.mm(18.5)
                width: pad.each
                words: modelData

                onTapped: pad.typed(modelData)
            }
        }
    }

    Row {
        spacing: Theme.gap

        Key {
            enabled: pad.corner !== ""
            height: Theme.mm(18.5)
            opacity: enabled ? 1 : 0
            width: pad.each
            words: pad.corner

            onTapped: pad.typed(pad.corner)
        }

        Key {
            height: Theme.mm(18.5)
            width: pad.each
            words: "0"

            onTapped: pad.typed("0")
        }

        Key {
            height: Theme.mm(18.5)
            objectName: "key:erase"
            special: true
            symbol: "erase"
            width: pad.each
            words: qsTr("删除")

            onTapped: pad.erased()
        }
    }

    Key {
        height: Theme.mm(14)
        label: pad.next
        objectName: "key:next"
        special: true
        visible: pad.next !== ""
        width: parent.width
        words: pad.next

        onTapped: pad.finished()
    }
}
