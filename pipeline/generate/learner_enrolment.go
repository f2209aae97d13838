package generate

import (
	"fmt"
	"io"
	"maps"
	"strconv"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// enrolmentSheet is the table of a French-speaking body: semicolons, days first,
// birth dates. Names and contacts stand in columns that are not mapped.
var enrolmentSheet = sheet{
	separator: ';',
	columns: [][2]string{
		{"learner", "numero"}, {"", "nom"}, {"", "courriel"}, {"", "telephone"}, {"birth_date", "date_naissance"}, {"gender", "sexe"},
		{"education", "niveau_cite"}, {"employment", "situation"}, {"disability", "handicap"}, {"third_country", "pays_tiers"},
		{"foreign_background", "origine_etrangere"}, {"minority", "minorite"}, {"homeless", "sans_domicile"}, {"rural", "zone_rurale"},
		{"minimum_income", "revenu_minimum"}, {"income_band", "tranche_revenu"}, {"region_code", "nuts2"}, {"nace", "secteur"},
		{"occupation", "metier"}, {"income_before", "salaire_annee_precedente"}, {"income_earlier", "salaire_annee_avant"},
		{"credential", "formation"}, {"provider", "organisme"}, {"provider_nace", "secteur_organisme"}, {"started_on", "debut"},
		{"ended_on", "fin"}, {"status", "statut"}, {"certified", "certifie"}, {"certified_on", "date_certificat"}, {"funding", "financement"},
		{"price_paid", "prix_paye"},
	},
	words: map[string][][2]string{
		"gender":     {{"female", "F"}, {"male", "H"}, {"other", "autre"}},
		"education":  {{"0-2", "CITE 0-2"}, {"3-4", "CITE 3-4"}, {"5-8", "CITE 5-8"}},
		"employment": {{"employed", "en emploi"}, {"unemployed", "demandeur d'emploi"}, {"long_term_unemployed", "chômeur de longue durée"}, {"inactive", "inactif"}},
		"status":     {{"completed", "terminé"}, {"withdrawn", "abandonné"}, {"enrolled", "en cours"}},
		"funding": {
			{"voucher", "chèque formation"}, {"individual_learning_account", "compte personnel"}, {"employer", "employeur"}, //nolint:misspell // French
			{"public", "fonds publics"}, {"none", "aucun"},
		},
	},
}

// dayFirst is the date format of the enrolment table, as the configuration and as
// Go name it.
const (
	dayFirst   = "DD/MM/YYYY"
	dayFirstGo = "02/01/2006"
)

func dayFirstOf(d model.Date) string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(dayFirstGo)
}

func (w *world) writeEnrolments(to io.Writer, all []participation) error {
	rows, err := enrolmentSheet.start(to)
	if err != nil {
		return err
	}
	for i := range all {
		if err := rows.write(all[i].cells(), enrolmentFaultOf(i).spoil); err != nil {
			return err
		}
	}
	return rows.close()
}

func (t *participation) cells() map[string]string {
	cells := t.person.cells()
	maps.Copy(cells, map[string]string{
		"learner": learnerID(t.person.number), "birth_date": dayFirstOf(t.born), "credential": t.programme.called,
		"provider": t.programme.provider.name, "provider_nace": t.programme.sector,
		"started_on": dayFirstOf(t.starts), "ended_on": dayFirstOf(t.ends), "funding": t.funding, "price_paid": amount(t.price),
		"nom": fmt.Sprintf("Learner %05d", t.person.number+1), "courriel": fmt.Sprintf("learner-%05d@example.org", t.person.number+1),
		"telephone": fmt.Sprintf("01 99 00 %02d %02d", t.person.number/100%100, t.person.number%100), // a range kept for fiction
	})
	switch {
	case t.ends == 0:
		cells["status"] = "enrolled"
	case t.completed:
		cells["status"], cells["certified"] = "completed", yesOrNo(t.certified)
	default:
		cells["status"], cells["certified"] = "withdrawn", yesOrNo(false)
	}
	if t.certified {
		cells["certified_on"] = dayFirstOf(t.ends)
	}
	return cells
}

// cells are what the tables say of a person, in our words.
func (q *person) cells() map[string]string {
	cells := map[string]string{"gender": q.gender, "employment": works[q.work], "region_code": q.region.code, "income_band": q.band}
	if q.statesEducation {
		cells["education"] = educations[q.education]
	}
	for name, yes := range q.groups {
		cells[name] = yesOrNo(yes)
	}
	if works[q.work] == employed {
		cells["nace"], cells["occupation"] = q.nace, q.job.isco
	}
	if q.statesPay {
		cells["income_before"], cells["income_earlier"] = strconv.Itoa(int(q.pay)), strconv.Itoa(int(q.payEarlier))
	}
	return cells
}

func yesOrNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

// comparisonSheet is the table of an English-speaking employment service, with
// age bands.
var comparisonSheet = sheet{
	separator: ',',
	columns: [][2]string{
		{"learner", "client_no"}, {"", "client_name"}, {"", "e_mail"}, {"age_band", "age_group"}, {"gender", "sex"}, {"education", "isced"},
		{"employment", "labour_status"}, {"disability", "disabled"}, {"third_country", "non_eu_national"}, {"foreign_background", "born_abroad"},
		{"minority", "minority"}, {"homeless", "no_fixed_home"}, {"rural", "lives_rural"}, {"minimum_income", "on_minimum_income"},
		{"income_band", "income_third"}, {"region_code", "area"}, {"nace", "sector"}, {"occupation", "isco"},
		{"income_before", "pay_last_year"}, {"income_earlier", "pay_year_before"}, {"index_on", "reference_day"},
	},
	words: map[string][][2]string{
		"employment": {{"employed", "E"}, {"unemployed", "U"}, {"long_term_unemployed", "LTU"}, {"inactive", "I"}},
		"gender":     {{"female", "F"}, {"male", "M"}, {"other", "X"}},
	},
}

// comparedPerLearner is how many persons there are to compare a learner with.
const comparedPerLearner = 1.5

// compared is a comparison person.
type compared struct {
	person
	index  model.Date
	career career
}

func (w *world) compared() []compared {
	all := make([]compared, int(comparedPerLearner*float64(w.options.Learners)))
	for i := range all {
		r := stream(w.options.Seed+persons, comparisonStream, i)
		_, when, _ := even(i)
		c := &all[i]
		c.index = w.firstStart() + model.Date(when*float64(w.options.AsOf-w.firstStart()))
		c.person = w.person(r, i, &comparisonProfile, c.index, "", nil)
		c.career = w.career(r, &c.person, nil, true)
	}
	return all
}

func (w *world) writeComparison(to io.Writer, all []compared) error {
	rows, err := comparisonSheet.start(to)
	if err != nil {
		return err
	}
	for i := range all {
		c := &all[i]
		cells := c.cells()
		cells["learner"], cells["index_on"], cells["age_band"] = comparisonID(i), c.index.String(), ageBands[c.ageBand()]
		cells["client_name"], cells["e_mail"] = fmt.Sprintf("Client %05d", i+1), fmt.Sprintf("client-%05d@example.org", i+1)
		if err := rows.write(cells, comparisonFaultOf(i).spoil); err != nil {
			return err
		}
	}
	return rows.close()
}
