package app

import (
	"slices"
	"testing"
	"time"
)

func TestOrderedIDsSortAsTheyWereMade(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	var ids []AuditID
	for i := range 2000 {
		ids = append(ids, NewOrderedID[AuditID](now.Add(time.Duration(i/500)*time.Second)))
	}
	if !slices.IsSorted(ids) {
		t.Error("ids made one after the other do not sort so")
	}
	if slices.Sort(ids); len(slices.Compact(ids)) != 2000 {
		t.Error("two ids are the same")
	}
}
