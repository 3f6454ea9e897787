import QtQuick
import Kiosk
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

    onForward: shell.giveRating(level, tags)
    onOther: shell.skip()

    Repeater {
        model: rate.shell.rate.levels

        RateCard {
            readonly property bool current: rate.level === level

            chosen: current
            tags: rate.tags
            width: parent ? parent.width : 0

            onTagTapped: tag => rate.tags = rate.tags.includes(tag) ? rate.tags.filter(other => other !== tag) : rate.tags.concat([tag])
            onTapped: {
                if (rate.level !== level)
                    rate.tags = [];
                rate.level = level;
            }
        }
    }
}
