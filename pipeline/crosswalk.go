package pipeline

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

// LoadCrosswalks reads the crosswalks that a configuration names. An error is an
// [*InputError] that says which one is wrong.
func LoadCrosswalks(workspace string, t *taxonomy.Taxonomy, configured []config.Crosswalk) ([]linker.Crosswalk, error) {
	var crosswalks []linker.Crosswalk
	for i := range configured {
		c, err := loadCrosswalk(workspace, &configured[i])
		if err == nil {
			err = c.Check(t)
		}
		if err != nil {
			return nil, &InputError{fmt.Errorf("crosswalk %s: %w; see taxonomy.crosswalks in %s", configured[i].Path, err, config.FileName)}
		}
		crosswalks = append(crosswalks, c)
	}
	return crosswalks, nil
}

func loadCrosswalk(workspace string, c *config.Crosswalk) (linker.Crosswalk, error) {
	path := c.Path
	if !filepath.IsAbs(path) {
		path = filepath.Join(workspace, path)
	}
	f, err := os.Open(path)
	if err != nil {
		return linker.Crosswalk{}, fmt.Errorf("open it: %w", err)
	}
	defer f.Close()
	return linker.ReadCrosswalk(f, c.Language, c.Separator, linker.CrosswalkColumns(c.Columns))
}
