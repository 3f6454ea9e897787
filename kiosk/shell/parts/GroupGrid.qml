pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// Groups of matters under one title.
Column {
    id: grid

    required property ValuesModel groups
    property string title: ""

    signal chosen(string group)

    spacing: Theme.space

    SectionTitle {
        text: grid.groups.count > 0 ? grid.title : ""
        topPadding: Theme.space
    }

    Evenly {
        id: cards

        loose: true
        model: grid.groups
        pairs: true
        width: parent.width

        OptionCard {
            required property string itemId
            required property string label
            required property string icon

            evenHeight: cards.tallest
            objectName: "group:" + itemId
            symbol: icon
            width: cards.each
            words: label

            onTapped: grid.chosen(itemId)
        }
    }
}
