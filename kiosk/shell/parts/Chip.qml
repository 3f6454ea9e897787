pragma ComponentBehavior: Bound

import QtQuick

// A small choice that stands in a row with others.
Pressable {
    id: chip

    implicitHeight: Math.max(Theme.touchLeast + Theme.mm(1.5), label.height + Theme.gap * 2)
    implicitWidth: label.width + Theme.wide * 2
    role: Accessible.CheckBox

    Rectangle {
        anchors.fill: parent
        border.color: Theme.accent
        border.width: chip.chosen ? Theme.lineStrong : Theme.line
        color: chip.down ? Theme.accentPressed : (chip.chosen ? Theme.accent : Theme.surface)
        radius: Theme.radius
    }

    Words {
        id: label

        anchors.centerIn: parent
        color: chip.down || chip.chosen ? Theme.accentInk : Theme.accent
        font.bold: true
        font.pixelSize: Theme.caption
        text: chip.words
        width: Math.min(implicitWidth, Theme.mm(190))
    }
}
