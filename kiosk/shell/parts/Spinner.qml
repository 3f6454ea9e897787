pragma ComponentBehavior: Bound

import QtQuick

Icon {
    name: "spinner"
    size: Theme.mm(34)

    RotationAnimator on rotation {
        duration: 1400
        from: 0
        loops: Animation.Infinite
        running: true
        to: 360
    }
}
