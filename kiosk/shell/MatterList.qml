pragma ComponentBehavior: Bound

import QtQuick
import "parts"

PageFrame {
    id: list

    forwardName: "progress"
    forwardText: ""
    otherName: "progress"
    otherText: qsTr("查询办件进度")
    page: shell.matterList
    symbol: "welcome"
    scroll.spacing: Theme.wide

    onOther: shell.openProgress()

    Repeater {
        model: list.shell.matterList.tiles

        MatterCard {
            width: parent ? parent.width : 0

            onTapped: list.shell.openMatter(itemId)
        }
    }
}
