pragma ComponentBehavior: Bound

import QtQuick

// The provinces a number plate begins with, ours first.
Column {
    id: pad

    property string next: ""

    signal typed(string text)
    signal finished

    spacing: Theme.gap

    Grid {
        columnSpacing: Theme.gap
        columns: 8
        rowSpacing: Theme.gap

        Repeater {
            model: Array.from("浙沪苏皖闽赣京津冀晋蒙辽吉黑鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新")

            Key {
                required property string modelData

                height: Theme.mm(15)
                label: modelData
                objectName: "key:" + modelData
                width: (pad.width - Theme.gap * 7) / 8
                words: modelData

                onTapped: pad.typed(modelData)
            }
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
