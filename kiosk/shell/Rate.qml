pragma ComponentBehavior: Bound

import QtQuick
import "parts"

PageFrame {
    id: rate

    property int level: shell.rate.level
    property list<string> tags: []

    forwardEnabled: level > 0
    forwardText: qsTr("提交评价")
    otherName: "skip"
    otherText: shell.rate.skipLabel === "" ? qsTr("不评价") : shell.rate.skipLabel
    page: shell.rate
    symbol: "face-5"

    onForward: shell.giveRating(level, tags)
    onOther: shell.skip()

    Repeater {
        model: rate.shell.rate.levels

        RateCard {
            readonly property bool current: rate.level === level

            chosen: current
            chosenTags: rate.tags
            leastHeight: Math.min(Theme.mm(38), (rate.viewHeight - Theme.mm(24)) / 5 - Theme.space)
            width: parent ? parent.width : 0

            onTagTapped: tag => rate.tags = rate.tags.includes(tag) ? rate.tags.filter(other => other !== tag) : rate.tags.concat([tag])
            onLevelTapped: {
                if (rate.level !== level)
                    rate.tags = [];
                rate.level = level;
            }
        }
    }
}
