pragma ComponentBehavior: Bound

import QtQuick

// The 示例 label on sample department data.
ProblemNote {
    ground: Theme.careSoft
    ink: Theme.care
    objectName: "sample"
    symbol: "info"
}
