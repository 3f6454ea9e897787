pragma ComponentBehavior: Bound

import QtQuick

// Turns while it can be seen. An Animator would paint as often as the machine can, seen or not.
Icon {
    id: spinner

    name: "spinner"
    size: Theme.mm(34)

    RotationAnimation on rotation {
        duration: 1400
        from: 0
        loops: Animation.Infinite
        running: spinner.visible
        to: 360
    }
}
