pragma ComponentBehavior: Bound

import QtQuick

// A row of letter keys of one width, in the middle.
Row {
    id: row

    property list<string> letters
    property bool capital: false
    property real each: Theme.touchLeast

    signal typed(string text)

    spacing: Theme.gap

    Repeater {
        model: row.letters

        Key {
            required property string modelData

            label: row.capital ? modelData.toUpperCase() : modelData
            objectName: "key:" + modelData
            width: row.each
            words: label

            onTapped: row.typed(label)
        }
    }
}
