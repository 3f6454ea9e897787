pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// Labels and values, one under the other, in a card; with a change button where a row may be changed.
Panel {
    id: list

    required property ValuesModel rows
    property string changeText: ""

    signal changeAsked(string step)

    implicitHeight: column.height

    Column {
        id: column

        width: parent.width

        Repeater {
            model: list.rows

            Item {
                id: row

                required property int index
                required property string label
                required property string value
                required property string step
                readonly property bool changeable: list.changeText !== "" && step !== ""

                height: Math.max(texts.height + Theme.space * 1.6, changeable ? change.height + Theme.gap * 2 : 0)
                width: column.width

                Rectangle {
                    color: Theme.line_
                    height: Theme.line
                    visible: row.index > 0
                    width: parent.width - Theme.wide * 2
                    x: Theme.wide
                }

                Column {
                    id: texts

                    anchors.left: parent.left
                    anchors.leftMargin: Theme.wide
                    anchors.right: row.changeable ? change.left : parent.right
                    anchors.rightMargin: Theme.wide
                    anchors.verticalCenter: parent.verticalCenter

                    Words {
                        color: Theme.inkSoft
                        font.pixelSize: Theme.caption
                        text: row.label
                        width: parent.width
                    }

                    Words {
                        font.bold: true
                        font.pixelSize: Theme.lead
                        lineHeight: Theme.leadingTight
                        text: row.value
                        width: parent.width
                    }
                }

                ActionButton {
                    id: change

                    anchors.right: parent.right
                    anchors.rightMargin: Theme.wide
                    anchors.verticalCenter: parent.verticalCenter
                    height: Theme.mm(16)
                    objectName: row.changeable ? "change:" + row.step : ""
                    primary: false
                    visible: row.changeable
                    width: Theme.mm(42)
                    words: list.changeText

                    onTapped: list.changeAsked(row.step)
                }
            }
        }
    }
}
