pragma ComponentBehavior: Bound

import QtQuick

// Paragraphs to read, in a card.
Panel {
    id: reading

    property list<string> paragraphs

    implicitHeight: column.height + Theme.wide * 2

    Column {
        id: column

        spacing: Theme.body * 0.8
        width: reading.width - Theme.wide * 2
        x: Theme.wide
        y: Theme.wide

        Repeater {
            model: reading.paragraphs

            Row {
                id: paragraph

                required property int index
                required property string modelData

                spacing: Theme.space
                width: column.width

                Words {
                    id: number

                    color: Theme.accent
                    font.bold: true
                    font.pixelSize: Theme.lead
                    text: paragraph.index + 1
                    visible: reading.paragraphs.length > 1
                }

                Balanced {
                    font.pixelSize: Theme.lead
                    text: paragraph.modelData
                    width: parent.width - (number.visible ? number.width + Theme.space : 0)
                }
            }
        }
    }
}
