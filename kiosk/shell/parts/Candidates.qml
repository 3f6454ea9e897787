pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// What the pinyin typed so far may mean.
Item {
    id: bar

    required property Shell shell

    signal picked(string text)

    implicitHeight: Theme.mm(9) + Theme.touchKey + Theme.mm(1)

    Words {
        id: spelling

        color: Theme.inkSoft
        font.pixelSize: Theme.em(5.2)
        height: Theme.mm(9)
        lineHeight: 1
        objectName: "spelling"
        text: bar.shell.pinyin.spelling === "" ? qsTr("请用拼音输入") : bar.shell.pinyin.spelling
        verticalAlignment: Text.AlignVCenter
        x: Theme.gap
    }

    Row {
        anchors.bottom: parent.bottom
        spacing: Theme.gap

        Key {
            enabled: bar.shell.pinyin.spelling !== ""
            objectName: "candidates:before"
            words: qsTr("前面的字")
            special: true
            symbol: "back"
            width: Theme.touchLeast

            onTapped: bar.shell.pinyin.turn(false)
        }

        Repeater {
            model: bar.shell.pinyin.candidates

            Key {
                required property int index
                required property string modelData

                label: modelData
                objectName: "candidate:" + index
                width: (bar.width - Theme.touchLeast * 2 - Theme.gap * 6) / 5
                words: modelData

                onTapped: bar.picked(bar.shell.pinyin.pick(index))
            }
        }
    }

    Key {
        anchors.bottom: parent.bottom
        anchors.right: parent.right
        enabled: bar.shell.pinyin.spelling !== ""
        objectName: "candidates:after"
        words: qsTr("后面的字")
        special: true
        symbol: "next"
        width: Theme.touchLeast

        onTapped: bar.shell.pinyin.turn(true)
    }
}
