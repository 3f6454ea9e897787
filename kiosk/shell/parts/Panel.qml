pragma ComponentBehavior: Bound

import QtQuick

Rectangle {
    border.color: Theme.line_
    border.width: Theme.line
    color: Theme.surface
    radius: Theme.radius
}
