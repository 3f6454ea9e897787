pragma ComponentBehavior: Bound

import QtQuick

// Option cards of one height, that of the tallest: two beside each other, mostly where that leaves none alone.
Grid {
    id: grid

    default property alias cards: repeater.delegate
    property alias model: repeater.model
    property bool pairs: false
    property bool loose: false  // two beside each other even where that leaves one alone
    property real tallest: 0
    property real leastHeight: 0
    readonly property real each: Math.floor((width - columnSpacing * (columns - 1)) / columns)

    function measure() {
        let height = 0;
        for (let index = 0; index < repeater.count; index++) {
            const card = repeater.itemAt(index) as OptionCard;
            if (card !== null)
                height = Math.max(height, card.ownHeight);
        }
        tallest = height;
    }

    columnSpacing: Theme.gap
    columns: pairs && (loose || repeater.count % 2 === 0) && Theme.textStep < 3 ? 2 : 1
    rowSpacing: columns > 1 ? Theme.gap : Theme.space

    Repeater {
        id: repeater

        onItemAdded: (_, card) => {
            (card as OptionCard).ownHeightChanged.connect(grid.measure);
            grid.measure();
        }
    }
}
