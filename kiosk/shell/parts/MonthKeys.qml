pragma ComponentBehavior: Bound

import QtQuick

// A year to step through and twelve months.
Column {
    id: pad

    property string value: ""
    property string next: ""
    property int year: value.length === 7 ? parseInt(value.slice(0, 4)) : new Date().getFullYear()

    signal replaced(string text)
    signal finished

    onValueChanged: {
        if (value.length === 7)  // another field: the year that was stepped to is no longer meant
            year = parseInt(value.slice(0, 4));
    }

    function month(index: int): string {
        return year + "-" + (index < 9 ? "0" : "") + (index + 1);
    }

    spacing: Theme.gap

    Row {
        spacing: Theme.gap

        Key {
            height: Theme.mm(16)
            objectName: "key:yearBefore"
            special: true
            symbol: "back"
            width: Theme.mm(30)
            words: qsTr("前一年")

            onTapped: pad.year -= 1
        }

        Words {
            font.bold: true
            font.pixelSize: Theme.em(7)
            height: Theme.mm(16)
            horizontalAlignment: Text.AlignHCenter
            lineHeight: 1
            objectName: "year"
            text: qsTr("%1 年").arg(pad.year)
            verticalAlignment: Text.AlignVCenter
            width: pad.width - Theme.mm(60) - Theme.gap * 2
        }

        Key {
            height: Theme.mm(16)
            objectName: "key:yearAfter"
            special: true
            symbol: "next"
            width: Theme.mm(30)
            words: qsTr("后一年")

            onTapped: pad.year += 1
        }
    }

    Grid {
        columnSpacing: Theme.gap
        columns: 4
        rowSpacing: Theme.gap

        Repeater {
            model: 12

            Key {
                required property int index

                chosen: pad.value === pad.month(index)
                height: Theme.mm(16)
                label: qsTr("%1月").arg(index + 1)
                objectName: "key:month" + (index + 1)
                width: (pad.width - Theme.gap * 3) / 4
                words: label

                onTapped: pad.replaced(pad.month(index))
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
