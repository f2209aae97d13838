package linker

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"math"
	"slices"
	"strconv"
	"strings"
)

// observed is how many candidates of a sentence the calibration file keeps.
const observed = 64

// writeCalibration encodes observations as the calibration file: of each sentence
// those that are right and the first ones.
func writeCalibration(sentences [][]observation) []byte {
	var file bytes.Buffer
	z, _ := gzip.NewWriterLevel(&file, gzip.BestCompression)
	names := featureNames()
	lines := []string{"sentence,right," + strings.Join(names[:], ",")}
	for number, os := range sentences {
		for i, o := range os {
			if i >= observed && !o.right {
				continue
			}
			fields := []string{strconv.Itoa(number), "0"}
			if o.right {
				fields[1] = "1"
			}
			for _, f := range o.features {
				fields = append(fields, strconv.Itoa(int(math.Round(float64(f)*1000))))
			}
			lines = append(lines, strings.Join(fields, ","))
		}
	}
	_, _ = z.Write([]byte(strings.Join(lines, "\n") + "\n"))
	_ = z.Close()
	return file.Bytes()
}

// byLogit orders observations by what the combiner makes of them.
func byLogit(c combiner, os []observation) {
	slices.SortStableFunc(os, func(a, b observation) int { return cmp.Compare(c.logit(&b.features), c.logit(&a.features)) })
}
