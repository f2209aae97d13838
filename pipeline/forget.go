package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// Forgotten says what was removed of a person.
type Forgotten struct {
	FeedRows, FeedFiles int64    // of the inbox
	Rows                int64    // of the datasets, over all snapshots
	Snapshots           []string // ids of those that can no longer be made again from their feeds
}

// Forget removes a person, as feeds have the id, from the feeds that lie in the
// workspace and from the datasets of all kept snapshots. Figures about groups stay
// as they were published; the next release is computed without the person. The
// caller must be the workspace's only writer.
func Forget(ctx context.Context, workspace string, c *config.Config, secrets [][]byte, scheme, id string) (Forgotten, error) {
	var done Forgotten
	for _, f := range c.Feeds {
		if !source.Kind(f.Kind).Private() {
			continue
		}
		files, err := FeedFiles(workspace, f)
		if err != nil { // deleted already
			continue
		}
		rows, changed, err := source.Forget(ctx, SourceFeed(f, files), id, scheme)
		done.FeedRows, done.FeedFiles = done.FeedRows+rows, done.FeedFiles+int64(len(changed))
		if err != nil {
			return done, err
		}
	}
	key := prepare.LearnerKey(secrets, scheme, id)
	snapshots, err := warehouse.Snapshots(workspace)
	if err != nil {
		return done, err
	}
	for i := range snapshots {
		s := &snapshots[i]
		if s.Manifest.LearnerMark == "" {
			continue
		}
		if err := checkMark(s, secrets); err != nil {
			return done, err
		}
		rows, err := forgetIn(s, key)
		if err != nil {
			return done, err
		}
		if rows > 0 {
			done.Rows, done.Snapshots = done.Rows+rows, append(done.Snapshots, s.Manifest.SnapshotID)
		}
	}
	return done, nil
}

// forgetIn removes the rows of a key from a snapshot.
func forgetIn(s *warehouse.Snapshot, key string) (int64, error) {
	removed := map[string]int64{} // by feed
	err := warehouse.Rewrite(s, func(d *warehouse.Draft) error {
		return eachPersonal(d, s, func(feed string, k *string) bool {
			if *k == key {
				removed[feed]++
				return false
			}
			return true
		})
	}, func(m *warehouse.Manifest) {
		m.Feeds = slices.Clone(m.Feeds)
		for i := range m.Feeds {
			rows := removed[m.Feeds[i].Name]
			m.Feeds[i].Forgotten += rows
			m.Forgotten += rows
		}
	})
	var rows int64
	for _, n := range removed {
		rows += n
	}
	return rows, err
}

// eachPersonal writes the datasets about single persons of a snapshot anew: without
// the rows whose key keep refuses, the others with the key as keep leaves it.
func eachPersonal(d *warehouse.Draft, s *warehouse.Snapshot, keep func(feed string, key *string) bool) error {
	return errors.Join(
		rewritten(d, s, model.Enrolments, keep, func(r *model.Enrolment) (string, *string) { return r.Source, &r.LearnerKey }),
		rewritten(d, s, model.FollowUps, keep, func(r *model.FollowUp) (string, *string) { return r.Source, &r.LearnerKey }),
		rewritten(d, s, model.Comparisons, keep, func(r *model.ComparisonPerson) (string, *string) { return r.Source, &r.LearnerKey }),
		rewritten(d, s, model.Feedbacks, keep, func(r *model.Feedback) (string, *string) { return r.Source, &r.LearnerKey }),
	)
}

func rewritten[R any](d *warehouse.Draft, s *warehouse.Snapshot, ds model.Dataset[R], keep func(string, *string) bool, of func(*R) (string, *string)) error {
	rows, err := warehouse.ReadMonth[R](s, ds.Info, 0)
	if err != nil {
		return err
	}
	kept := rows[:0]
	for i := range rows {
		if keep(of(&rows[i])) {
			kept = append(kept, rows[i])
		}
	}
	return warehouse.Write(d, ds, kept)
}

// learnerMark tells secrets apart without telling them.
func learnerMark(secrets [][]byte) string {
	if len(secrets) == 0 {
		return ""
	}
	return prepare.LearnerKey(secrets, "skillsgap", "mark")[:16]
}

// checkMark reports a snapshot whose keys were made with other secrets: persons
// would be counted twice, and nobody could be forgotten.
func checkMark(s *warehouse.Snapshot, secrets [][]byte) error {
	if mark := s.Manifest.LearnerMark; mark != "" && mark != learnerMark(secrets) {
		return &InputError{fmt.Errorf("snapshot %s was made with another secret for the ids of learners: restore that secret; if `skillsgap rekey` was stopped, run it again", s.Manifest.SnapshotID)}
	}
	return nil
}

// Rekey renews the keys of all kept snapshots by a further secret and returns how
// many snapshots it has changed. One that has it already is left: a rekeying that was
// stopped is done again. The caller must be the workspace's only writer.
func Rekey(workspace string, secrets [][]byte) (int, error) {
	snapshots, err := warehouse.Snapshots(workspace)
	if err != nil {
		return 0, err
	}
	last := len(secrets) - 1
	renewed := 0
	for i := range snapshots {
		s := &snapshots[i]
		if mark := s.Manifest.LearnerMark; mark == "" || mark == learnerMark(secrets) {
			continue
		}
		if err := checkMark(s, secrets[:last]); err != nil {
			return renewed, err
		}
		err := warehouse.Rewrite(s, func(d *warehouse.Draft) error {
			return eachPersonal(d, s, func(_ string, key *string) bool {
				*key = prepare.RenewLearnerKey(secrets[last], *key)
				return true
			})
		}, func(m *warehouse.Manifest) { m.LearnerMark = learnerMark(secrets) })
		if err != nil {
			return renewed, err
		}
		renewed++
	}
	return renewed, nil
}
