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
    symbolScale: 0.84
    scroll.spacing: Theme.wide

    onOther: shell.openProgress()

    Picture {
        height: Math.min(Theme.mm(110), list.viewHeight - cards.height - Theme.wide)
        portion: list.symbolScale
        symbol: list.symbol
        visible: !list.landscape && height > Theme.mm(44)
        width: parent.width
    }

    Column {
        id: cards

        spacing: Theme.space
        width: parent.width

        Repeater {
            model: list.shell.matterList.tiles

            MatterCard {
                width: parent ? parent.width : 0

                onTapped: list.shell.openMatter(itemId)
            }
        }
    }
}
