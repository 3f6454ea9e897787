pragma ComponentBehavior: Bound

import QtQuick

// Where an answer stands while it is typed, with a caret when the keys write here.
Pressable {
    id: box

    property string text: ""
    property string placeholder: ""
    property string note: ""
    property string echo: ""  // how it reads, said below what was typed
    property string symbol: ""
    property bool active: false
    property bool problem: false
    property bool masked: false
    property bool month: false
    readonly property bool hidden: masked && !active && !problem  // whoever types it or looks for a mistake in it reads it
    readonly property string shown: hidden ? (text.length > 12 ? text.slice(0, 6) + "●".repeat(text.length - 10) + text.slice(-4) : "●".repeat(text.length)) : (month && text.length === 7 ? qsTr("%1 年 %2 月").arg(text.slice(0, 4)).arg(text.slice(5)) : text)

    implicitHeight: Math.max(Theme.field, value.height + (reading.visible ? reading.height : 0) + Theme.space)
    rapid: true
    role: Accessible.EditableText

    Rectangle {
        anchors.fill: parent
        border.color: box.problem ? Theme.problem : (box.active ? Theme.accent : Theme.edge)
        border.width: box.active || box.problem ? Theme.lineStrong : Theme.line
        color: box.down ? Theme.pressed : Theme.surface
        radius: Theme.radius
    }

    Icon {
        id: sign

        anchors.left: parent.left
        anchors.leftMargin: Theme.wide
        anchors.verticalCenter: parent.verticalCenter
        fill: Theme.surface
        name: box.symbol === "" ? "document" : box.symbol
        size: Theme.mm(10)
        visible: box.symbol !== ""
    }

    Words {
        id: value

        anchors.left: box.symbol === "" ? parent.left : sign.right
        anchors.leftMargin: box.symbol === "" ? Theme.wide : Theme.space
        anchors.right: tag.visible ? tag.left : parent.right
        anchors.rightMargin: Theme.space
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: reading.visible ? -reading.height / 2 : 0
        color: box.text === "" ? Theme.inkSoft : Theme.ink
        font.bold: box.text !== ""
        font.letterSpacing: box.text === "" ? 0 : Theme.mm(0.35)
        font.pixelSize: box.text === "" ? Theme.body : Theme.lead
        lineHeight: Theme.leadingTight
        objectName: "value"
        text: box.text === "" ? (box.active && !box.month ? " " : box.placeholder) : box.shown
        wrapMode: Text.WrapAnywhere

        Rectangle {
            id: caret

            color: Theme.accent
            height: Theme.lead * 1.2
            visible: box.active && !box.month
            width: Theme.lineStrong
            x: box.text === "" ? 0 : Math.min(parent.width, value.contentWidth + Theme.mm(0.6))
            y: (value.height - height) / 2

            SequentialAnimation on opacity {
                loops: Animation.Infinite
                running: caret.visible

                PropertyAnimation {
                    duration: 80
                    to: 1
                }

                PauseAnimation {
                    duration: 520
                }

                PropertyAnimation {
                    duration: 80
                    to: 0
                }

                PauseAnimation {
                    duration: 320
                }
            }
        }
    }

    Words {
        id: reading

        anchors.left: value.left
        anchors.right: value.right
        anchors.top: value.bottom
        color: Theme.inkSoft
        font.pixelSize: Theme.caption
        lineHeight: Theme.leadingTight
        objectName: "echo"
        text: box.echo
        visible: text !== ""
    }

    Words {
        id: tag

        anchors.right: parent.right
        anchors.rightMargin: Theme.wide
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.good
        font.bold: true
        font.pixelSize: Theme.small
        text: box.note
        visible: text !== ""
    }
}
