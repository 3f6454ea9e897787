pragma ComponentBehavior: Bound
pragma Singleton
import QtQuick

// A second strike on the same target within half a second is a trembling hand, not a wish (EN 301 549, 5.8).
QtObject {
    readonly property int interval: 500
    property string target: ""
    property double at: 0

    function counts(name: string): bool {
        const now = Date.now();
        const again = name === target && now - at < interval;
        target = name;
        at = now;
        return !again;
    }
}
