package app

import (
	"slices"
	"testing"
	"time"
)

func TestCoordinatorTasks(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	at := func(id WorkshopID, status WorkshopStatus, ahead time.Duration) Workshop {
		return Workshop{ID: id, Status: status, StartsAt: now.Add(ahead), EndsAt: now.Add(ahead + 2*time.Hour)}
	}
	day := 24 * time.Hour
	for _, tt := range []struct {
		name     string
		activity Activity
		want     []TaskKind
	}{
		{"this afternoon", Activity{at("w", Published, 5*time.Hour), 8, 0}, []TaskKind{OpenDoor}},
		{"this afternoon, answers missing", Activity{at("w", Published, 5*time.Hour), 8, 2}, []TaskKind{OpenDoor, ChaseAnswers}},
		{"under way", Activity{at("w", Published, -time.Hour), 8, 2}, []TaskKind{OpenDoor}},
		{"in a week, all answered", Activity{at("w", Published, 7*day), 8, 0}, nil},
		{"in a week, answers missing", Activity{at("w", Published, 7*day), 8, 3}, []TaskKind{ChaseAnswers}},
		{"in two months, answers missing", Activity{at("w", Published, 60*day), 0, 3}, nil},
		{"over, some neither present nor absent", Activity{at("w", Published, -3*day), 4, 0}, []TaskKind{FillAttendance}},
		{"over and filled in", Activity{at("w", Published, -3*day), 0, 5}, nil},
		{"a draft in a month", Activity{at("w", Draft, 30*day), 0, 0}, []TaskKind{PublishDraft}},
		{"a draft of the past", Activity{at("w", Draft, -day), 0, 0}, nil},
		{"cancelled", Activity{at("w", Cancelled, 5*time.Hour), 8, 2}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tasks := CoordinatorTasks([]Activity{tt.activity}, now)
			if len(tasks) != len(tt.want) {
				t.Fatalf("CoordinatorTasks = %+v, want kinds %v", tasks, tt.want)
			}
			for i, task := range tasks {
				if task.Kind != tt.want[i] {
					t.Errorf("task %d is of kind %d, want %d", i, task.Kind, tt.want[i])
				}
			}
		})
	}
}

func TestANewTerritoryBeginsInOrder(t *testing.T) {
	for _, tt := range []struct {
		name string
		has  Beginnings
		want []TaskKind
	}{
		{"nothing", Beginnings{}, []TaskKind{AddOrganisation, WriteAxes, OpenAccounts}},
		{"partners", Beginnings{Partners: true}, []TaskKind{WriteAxes, OpenAccounts}},
		{"all", Beginnings{Partners: true, Axes: true, Members: true}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []TaskKind
			for _, task := range FirstTasks(tt.has) {
				got = append(got, task.Kind)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("FirstTasks(%+v) = %v, want %v", tt.has, got, tt.want)
			}
		})
	}
}
