package warehouse

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

func TestDatabaseReadsFromAnywhere(t *testing.T) {
	parent := t.TempDir()
	workspace := filepath.Join(parent, "before")
	if err := WriteDatabase(workspace); !errors.Is(err, ErrNoSnapshot) {
		t.Fatalf("without a snapshot: %v", err)
	}
	d := begin(t, workspace, "s1")
	write(t, d, model.Regions, model.Region{RegionCode: "IE"})
	commit(t, d)
	t.Chdir(parent)
	for range 2 { // also over a file that is there
		if err := WriteDatabase("before"); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(t.TempDir())
	if DatabaseStale(workspace) {
		t.Error("stale at once")
	}
	if got := regionsInDatabase(t, workspace); got != 1 {
		t.Errorf("%d regions", got)
	}

	d = begin(t, workspace, "s2") // no need to write the database again
	write(t, d, model.Regions, model.Region{RegionCode: "IE"}, model.Region{RegionCode: "FR"})
	commit(t, d)
	if got := regionsInDatabase(t, workspace); got != 2 {
		t.Errorf("%d regions after the next run", got)
	}

	moved := filepath.Join(parent, "after")
	if err := os.Rename(workspace, moved); err != nil {
		t.Fatal(err)
	}
	if !DatabaseStale(moved) {
		t.Error("not stale after the workspace moved")
	}
	if err := WriteDatabase(moved); err != nil {
		t.Fatal(err)
	}
	if got := regionsInDatabase(t, moved); got != 2 || DatabaseStale(moved) {
		t.Errorf("%d regions after the move", got)
	}
}

// regionsInDatabase reads every view as a client would and returns the number
// of regions.
func regionsInDatabase(t *testing.T, workspace string) int {
	t.Helper()
	db, err := sql.Open("duckdb", filepath.Join(workspace, DatabaseName)+"?access_mode=READ_ONLY")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	names, err := views(db)
	want := []string{"runs"}
	for _, d := range model.Datasets() {
		if d.Zone == model.Public {
			want = append(want, d.Name)
		}
	}
	if slices.Sort(want); err != nil || !slices.Equal(names, want) {
		t.Fatalf("views %v, %v, want %v", names, err, want)
	}
	counts := map[string]int{}
	for _, name := range names {
		var n int
		if err := db.QueryRow("SELECT count(*) FROM (SELECT * FROM " + identifier(name) + ")").Scan(&n); err != nil {
			t.Errorf("view %s: %v", name, err)
		}
		counts[name] = n
	}
	return counts["regions"]
}

func views(db *sql.DB) ([]string, error) {
	rows, err := db.Query("SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY 1")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

func TestDatabaseThatIsNoneIsStale(t *testing.T) {
	workspace := t.TempDir()
	if err := os.WriteFile(filepath.Join(workspace, DatabaseName), []byte("not a database"), 0o644); err != nil {
		t.Fatal(err)
	}
	if !DatabaseStale(workspace) {
		t.Error("a text file passed")
	}
}
