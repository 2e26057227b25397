-- The fixed measures of bench/build.py added up by hand. `listed` (list, system, code) holds the code lists, flat.
-- A year is a number from 0 on; groups and places are small whole numbers until the very end.

CREATE MACRO year_of(day) AS CAST(CASE WHEN day <= DATE '2021-03-31' THEN -1 WHEN day <= DATE '2022-03-31' THEN 0
    WHEN day <= DATE '2023-03-31' THEN 1 WHEN day <= DATE '2024-03-31' THEN 2 WHEN day <= DATE '2025-03-31' THEN 3
    WHEN day <= DATE '2026-03-31' THEN 4 ELSE -1 END AS TINYINT);
CREATE MACRO as_number(day) AS year(day) * 10000 + month(day) * 100 + day(day);

CREATE MACRO eight() AS ['hba1c', 'systolic-blood-pressure', 'cholesterol', 'body-mass-index', 'serum-creatinine-or-egfr',
    'urine-albumin', 'foot-examination', 'smoking-status'];

CREATE TEMP TABLE years AS SELECT CAST(y AS TINYINT) AS period, make_date(2021 + y, 4, 1) AS opens,
    make_date(2022 + y, 3, 31) AS closes FROM range(5) t(y);

-- Places: a number for each practice and small area that occurs, and what it lies in
CREATE TEMP TABLE parents AS SELECT code, level, parent, hierarchy FROM '{folder}/shared/place.parquet' WHERE "end" IS NULL;
CREATE TEMP TABLE practices AS
    SELECT CAST(row_number() OVER () AS SMALLINT) AS number, practice, a.parent AS network, b.parent AS alliance
    FROM (SELECT DISTINCT practice FROM '{folder}/sources/made/registration.parquet' WHERE practice IS NOT NULL)
    LEFT JOIN parents a ON a.code = practice AND a.level = 'practice'
    LEFT JOIN parents b ON b.code = a.parent AND b.level = 'network';
CREATE TEMP TABLE neighbourhoods AS
    SELECT CAST(row_number() OVER () AS SMALLINT) AS number, code AS neighbourhood, parent AS local_authority
    FROM parents WHERE level = 'neighbourhood';
CREATE TEMP TABLE homes AS
    SELECT p.code AS small_area, n.number AS neighbourhood, CAST(deprivation_fifth AS TINYINT) AS fifth
    FROM parents p LEFT JOIN neighbourhoods n ON n.neighbourhood = p.parent
    LEFT JOIN (FROM '{folder}/shared/small_area.parquet'
               QUALIFY deprivation_edition = max(deprivation_edition) OVER ()) s ON s.code = p.code
    WHERE p.level = 'small_area';

-- Residents' years. Nearly everyone has one spell: only the others need adding up. A home lasts until the next one.
CREATE TEMP TABLE moved AS SELECT person_id FROM '{folder}/sources/made/registration.parquet' GROUP BY person_id HAVING count(*) > 1;
CREATE TEMP TABLE died AS SELECT person_id, date AS died FROM '{folder}/sources/made/death.parquet';
CREATE TEMP TABLE people AS
SELECT person_id, birth_date, as_number(birth_date) AS born,
    CAST(CASE sex WHEN 'female' THEN 0 WHEN 'male' THEN 1 ELSE 2 END AS TINYINT) AS sex,
    CAST(list_position({ethnic_groups}, ethnic_group) AS TINYINT) AS ethnic
FROM '{folder}/sources/made/person.parquet';
CREATE TEMP TABLE lived AS
SELECT person_id, neighbourhood, fifth, "start" AS moved_in,
    CASE WHEN lag("start") OVER of_person IS NULL THEN DATE '0001-01-01' ELSE "start" END AS since,
    lead("start", 1, DATE '9999-12-31') OVER of_person AS before
FROM '{folder}/sources/made/address.parquet' LEFT JOIN homes USING (small_area)
WINDOW of_person AS (PARTITION BY person_id ORDER BY "start");
CREATE TEMP TABLE spells AS
SELECT person_id, number AS practice, "start", greatest("start", birth_date) AS begins, died,
    least(coalesce("end", far), coalesce(died, far)) AS until, born, sex, ethnic
FROM '{folder}/sources/made/registration.parquet' JOIN people USING (person_id) LEFT JOIN died USING (person_id)
LEFT JOIN practices USING (practice), (SELECT DATE '9999-12-31' AS far)
WHERE begins <= until;
CREATE TEMP TABLE population AS
WITH counted AS (
    SELECT *, NULL AS already, TRUE AS alone FROM spells ANTI JOIN moved USING (person_id)
    UNION ALL
    SELECT *, max(until) OVER (PARTITION BY person_id ORDER BY begins, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), FALSE
    FROM spells SEMI JOIN moved USING (person_id)
), touched AS (
    SELECT person_id, period, practice, "start", least(until, closes) AS last_day, born, sex, ethnic, alone,
        CASE WHEN last_day >= moved_in THEN neighbourhood END AS neighbourhood, CASE WHEN last_day >= moved_in THEN fifth END AS fifth,
        until >= closes AND (died IS NULL OR died > closes) AS at_end,
        CAST(greatest(last_day - greatest(greatest(begins, opens) - 1, already), 0) AS SMALLINT) AS days
    FROM counted LEFT JOIN lived USING (person_id) JOIN years ON begins <= closes AND until >= opens
    WHERE least(until, closes) >= coalesce(since, begins) AND least(until, closes) < coalesce(before, DATE '9999-12-31')
), once AS (
    SELECT * EXCLUDE ("start", alone) FROM touched WHERE alone
    UNION ALL
    SELECT person_id, period, arg_max_null(practice, (last_day, "start", practice IS NOT NULL)), max(last_day), any_value(born), any_value(sex),
        any_value(ethnic), arg_max_null(neighbourhood, last_day), arg_max_null(fifth, last_day), bool_or(at_end), CAST(sum(days) AS SMALLINT)
    FROM touched WHERE NOT alone GROUP BY person_id, period
)
SELECT person_id, period, practice, neighbourhood, sex, ethnic, fifth, at_end, days,
    CAST((as_number(last_day) - born) // 10000 AS TINYINT) AS age, CAST(least(age // 5, 18) AS TINYINT) AS band
FROM once;

-- Facts of people with diabetes
CREATE TEMP TABLE diabetic AS
SELECT person_id, min("start") FILTER (list = 'diabetes') AS any_type,
    min("start") FILTER (list = 'diabetes-type-1') AS type_1, min("start") FILTER (list = 'diabetes-type-2') AS type_2
FROM '{folder}/sources/made/condition.parquet' JOIN listed USING (system, code)
WHERE list IN ('diabetes', 'diabetes-type-1', 'diabetes-type-2') AND "start" <= DATE '2026-03-31'
GROUP BY person_id;
CREATE TEMP TABLE members AS SELECT person_id FROM diabetic;
CREATE TEMP TABLE readings AS
SELECT person_id, year_of(date) AS period,
    arg_max(value, (date, value)) FILTER (list = 'hba1c' AND unit = 'mmol/mol' AND value IS NOT NULL) AS hba1c,
    bit_or(1 << list_position(eight(), list)) AS processes
FROM '{folder}/sources/made/observation.parquet' JOIN listed USING (system, code) SEMI JOIN members USING (person_id)
WHERE list_contains(eight(), list) AND date > DATE '2021-03-31' AND date <= DATE '2026-03-31'
GROUP BY ALL;
CREATE TEMP TABLE issued AS
SELECT person_id, year_of(date) AS period, sum(cost_pence) AS pence,
    sum(cost_pence) FILTER (list IS NOT NULL) AS pence_for_diabetes
FROM '{folder}/sources/made/medication.parquet' SEMI JOIN members USING (person_id)
LEFT JOIN (FROM listed WHERE list = 'diabetes-medicines') USING (system, code)
WHERE date > DATE '2021-03-31' AND date <= DATE '2026-03-31'
GROUP BY ALL;
CREATE TEMP TABLE contacts AS
SELECT person_id, year_of("start") AS period, sum(cost_pence) AS pence,
    sum(cost_pence) FILTER (point_of_delivery = 'emergency_admission') AS pence_emergency,
    count(*) FILTER (point_of_delivery = 'gp_appointment') AS gp,
    count(*) FILTER (point_of_delivery = 'outpatient') AS outpatient,
    count(*) FILTER (point_of_delivery = 'outpatient' AND specialty IN ('307', '302', '263', '653', '920')) AS clinic,
    count(*) FILTER (point_of_delivery = 'emergency_department') AS emergency_department,
    count(*) FILTER (point_of_delivery = 'emergency_admission') AS emergency
FROM '{folder}/sources/made/activity.parquet' SEMI JOIN members USING (person_id)
WHERE "start" > DATE '2021-03-31' AND "start" <= DATE '2026-03-31'
GROUP BY ALL;
CREATE TEMP TABLE operated AS
SELECT person_id, year_of(date) AS period, count(*) FILTER (list = 'major-lower-limb-amputation') AS amputations,
    count(*) FILTER (list = 'foot-examination') AS feet
FROM '{folder}/sources/made/activity_code.parquet' JOIN listed USING (system, code) SEMI JOIN members USING (person_id)
WHERE kind = 'procedure' AND list IN ('major-lower-limb-amputation', 'foot-examination')
    AND date > DATE '2021-03-31' AND date <= DATE '2026-03-31'
GROUP BY ALL;

-- Facts of everyone
CREATE TEMP TABLE coded AS
SELECT DISTINCT activity_id FROM '{folder}/sources/made/activity_code.parquet' JOIN listed USING (system, code)
WHERE list = 'diabetes' AND kind = 'diagnosis' AND position = 1;
CREATE TEMP TABLE admitted AS
SELECT person_id, year_of("start") AS period, count(*) AS emergency
FROM '{folder}/sources/made/activity.parquet' SEMI JOIN coded USING (activity_id)
WHERE point_of_delivery = 'emergency_admission' AND "start" > DATE '2021-03-31' AND "start" <= DATE '2026-03-31'
GROUP BY ALL;

-- Sums over people with diabetes: all measures in one pass, by practice and by neighbourhood
CREATE TEMP TABLE with_diabetes AS
SELECT population.*, coalesce(type_2 <= closes, FALSE) AND NOT coalesce(type_1 <= closes, FALSE) AS is_type_2,
    died BETWEEN opens AND closes AS died_in_year, coalesce(hba1c <= 58, FALSE) AS at_target,
    bit_count(coalesce(processes, 0) | CASE WHEN feet > 0 THEN 1 << list_position(eight(), 'foot-examination') ELSE 0 END) = 8
        AS all_eight,
    contacts.pence AS contact_pence, issued.pence AS issued_pence, pence_emergency, pence_for_diabetes,
    gp, outpatient, clinic, emergency_department, emergency, amputations
FROM population JOIN diabetic USING (person_id) JOIN years ON years.period = population.period AND any_type <= closes
LEFT JOIN contacts ON contacts.person_id = population.person_id AND contacts.period = population.period
LEFT JOIN issued ON issued.person_id = population.person_id AND issued.period = population.period
LEFT JOIN readings ON readings.person_id = population.person_id AND readings.period = population.period
LEFT JOIN operated ON operated.person_id = population.person_id AND operated.period = population.period
LEFT JOIN died ON died.person_id = population.person_id;
CREATE TEMP TABLE diabetes_by_group AS
SELECT period, practice, neighbourhood,
    grouping(practice) = 0 AS by_practice, list_position([grouping(sex), grouping(band), grouping(ethnic),
    grouping(fifth)], 0) AS characteristic, coalesce(sex, band, ethnic, fifth) AS number,
    count(*) AS people, sum(days) AS days,
    count(*) FILTER (at_end) AS people_at_end, sum(days) FILTER (at_end) AS days_at_end,
    count(*) FILTER (at_end AND is_type_2) AS type_2, sum(days) FILTER (at_end AND is_type_2) AS type_2_days,
    count(*) FILTER (at_end AND age >= 17) AS adults, sum(days) FILTER (at_end AND age >= 17) AS adult_days,
    count(*) FILTER (at_end AND age >= 17 AND at_target) AS at_target,
    count(*) FILTER (at_end AND age >= 12 AND is_type_2) AS checked,
    sum(days) FILTER (at_end AND age >= 12 AND is_type_2) AS checked_days,
    count(*) FILTER (at_end AND age >= 12 AND is_type_2 AND all_eight) AS all_eight,
    count(*) FILTER (age <= 74) AS under_75, sum(days) FILTER (age <= 74) AS under_75_days,
    count(*) FILTER (age <= 74 AND died_in_year) AS deaths_under_75,
    sum(contact_pence) AS contact_pence, sum(issued_pence) AS issued_pence, sum(pence_emergency) AS pence_emergency,
    sum(pence_for_diabetes) AS pence_for_diabetes, sum(gp) AS gp, sum(outpatient) AS outpatient, sum(clinic) AS clinic,
    sum(emergency_department) AS emergency_department, sum(emergency) AS emergency, sum(amputations) AS amputations,
    count(*) FILTER (coalesce(contact_pence, 0) + coalesce(issued_pence, 0) > 0) AS behind_cost,
    count(*) FILTER (pence_emergency > 0) AS behind_pence_emergency, count(*) FILTER (pence_for_diabetes > 0) AS behind_pence_for_diabetes,
    count(*) FILTER (gp > 0) AS behind_gp, count(*) FILTER (outpatient > 0) AS behind_outpatient,
    count(*) FILTER (clinic > 0) AS behind_clinic, count(*) FILTER (emergency_department > 0) AS behind_emergency_department,
    count(*) FILTER (emergency > 0) AS behind_emergency, count(*) FILTER (amputations > 0) AS behind_amputations
FROM with_diabetes
GROUP BY GROUPING SETS ((period, practice, sex), (period, practice, band), (period, practice, ethnic),
    (period, practice, fifth), (period, neighbourhood, sex), (period, neighbourhood, band),
    (period, neighbourhood, ethnic), (period, neighbourhood, fifth));

-- Sums over everyone, by age band
CREATE TEMP TABLE everyone AS
SELECT population.period, practice, neighbourhood, sex, band, ethnic, fifth, days, emergency,
    at_end AND age >= 17 AS adult, at_end AND age >= 17 AND any_type <= closes AS adult_with_diabetes
FROM population JOIN years ON years.period = population.period LEFT JOIN diabetic USING (person_id)
LEFT JOIN admitted ON admitted.person_id = population.person_id AND admitted.period = population.period;
CREATE TEMP TABLE everyone_by_group AS
SELECT period, practice, neighbourhood, band,
    grouping(practice) = 0 AS by_practice, list_position([grouping(sex), NULL, grouping(ethnic), grouping(fifth)], 0)
    AS characteristic, coalesce(sex, ethnic, fifth) AS number,
    count(*) AS people, sum(days) AS days, sum(emergency) AS emergency,
    count(*) FILTER (emergency > 0) AS behind_emergency, count(*) FILTER (adult) AS adults, sum(days) FILTER (adult) AS adult_days,
    count(*) FILTER (adult_with_diabetes) AS adults_with_diabetes
FROM everyone
GROUP BY GROUPING SETS ((period, practice, band, sex), (period, practice, band, ethnic), (period, practice, band, fifth),
    (period, neighbourhood, band, sex), (period, neighbourhood, band, ethnic), (period, neighbourhood, band, fifth));

-- From practices and neighbourhoods up to the places above them, and from the sexes to everyone
CREATE TEMP TABLE above AS
SELECT TRUE AS by_practice, number, unnest([{'level': 'practice', 'place': practice},
    {'level': 'network', 'place': network}, {'level': 'alliance', 'place': alliance},
    {'level': 'system', 'place': 'system'}], recursive := TRUE) FROM practices
UNION ALL VALUES (TRUE, NULL, 'system', 'system')
UNION ALL
SELECT FALSE, number, unnest([{'level': 'neighbourhood', 'place': neighbourhood},
    {'level': 'local_authority', 'place': local_authority}], recursive := TRUE) FROM neighbourhoods;
CREATE TEMP TABLE groups AS
WITH named AS (
    SELECT 1 AS characteristic, 'sex' AS "by", unnest(['female', 'male', 'unknown']) AS "group", unnest(range(3)) AS number
    UNION ALL SELECT 2, 'age band', unnest(range(19))::VARCHAR, unnest(range(19))
    UNION ALL SELECT 3, 'ethnic group', unnest({ethnic_groups}), unnest(range(1, 7))
    UNION ALL SELECT 4, 'deprivation fifth', unnest(range(1, 6))::VARCHAR, unnest(range(1, 6))
)
FROM named UNION ALL SELECT 4, 'deprivation fifth', NULL, NULL
UNION ALL SELECT 1, 'everyone', 'everyone', number FROM named WHERE "by" = 'sex';
CREATE TEMP TABLE of_diabetes AS
SELECT period, level, place, "by", "group", -1 AS band,
    sum(COLUMNS(d.* EXCLUDE (period, practice, neighbourhood, by_practice, characteristic, number)))
FROM diabetes_by_group d JOIN above a
    ON a.by_practice = d.by_practice AND a.number IS NOT DISTINCT FROM coalesce(practice, neighbourhood)
JOIN groups g ON g.characteristic = d.characteristic AND g.number IS NOT DISTINCT FROM d.number
WHERE place IS NOT NULL GROUP BY ALL;
CREATE TEMP TABLE of_everyone AS
SELECT period, level, place, "by", "group", band,
    sum(COLUMNS(e.* EXCLUDE (period, practice, neighbourhood, by_practice, band, characteristic, number)))
FROM everyone_by_group e JOIN above a
    ON a.by_practice = e.by_practice AND a.number IS NOT DISTINCT FROM coalesce(practice, neighbourhood)
JOIN groups g ON g.characteristic = e.characteristic AND g.number IS NOT DISTINCT FROM e.number
WHERE place IS NOT NULL GROUP BY ALL;
CREATE TEMP TABLE of_adults AS
SELECT period, level, place, "by", "group", -1 AS band, sum(adults) AS adults, sum(adult_days) AS adult_days,
    sum(adults_with_diabetes) AS adults_with_diabetes
FROM (FROM of_everyone UNION ALL BY NAME
    SELECT * REPLACE ('age band' AS "by", band::VARCHAR AS "group") FROM of_everyone WHERE "by" = 'everyone')
GROUP BY ALL;

-- One row a measure, place, group and year
CREATE TEMP TABLE figures AS
SELECT * FROM (
    SELECT 'people-with-diabetes' AS measure, level, place, "by", "group", period, band,
        people_at_end AS people, days_at_end AS days, coalesce(people_at_end, 0) AS added, coalesce(people_at_end, 0) AS behind FROM of_diabetes
    UNION ALL SELECT 'people-with-type-2-diabetes', level, place, "by", "group", period, band,
        type_2, type_2_days, coalesce(type_2, 0), coalesce(type_2, 0) FROM of_diabetes
    UNION ALL SELECT 'cost-of-all-care-of-people-with-diabetes', level, place, "by", "group", period, band,
        people, days, coalesce(contact_pence, 0) + coalesce(issued_pence, 0), behind_cost FROM of_diabetes
    UNION ALL SELECT 'diabetes-medicines-and-devices', level, place, "by", "group", period, band,
        people, days, coalesce(pence_for_diabetes, 0), behind_pence_for_diabetes FROM of_diabetes
    UNION ALL SELECT 'emergency-hospital-stays', level, place, "by", "group", period, band,
        people, days, coalesce(pence_emergency, 0), behind_pence_emergency FROM of_diabetes
    UNION ALL SELECT 'gp-appointments-per-1-000-people-with-diabetes', level, place, "by", "group", period, band,
        people, days, coalesce(gp, 0), behind_gp FROM of_diabetes
    UNION ALL SELECT 'outpatient-attendances-per-1-000-people-with-diabetes', level, place, "by", "group", period, band,
        people, days, coalesce(outpatient, 0), behind_outpatient FROM of_diabetes
    UNION ALL SELECT 'diabetes-clinic-attendances-per-1-000-people-with-diabetes', level, place, "by", "group", period, band,
        people, days, coalesce(clinic, 0), behind_clinic FROM of_diabetes
    UNION ALL SELECT 'emergency-department-attendances-per-1-000-people-with-diabetes', level, place, "by", "group", period, band,
        people, days, coalesce(emergency_department, 0), behind_emergency_department FROM of_diabetes
    UNION ALL SELECT 'emergency-admissions-per-1-000-people-with-diabetes', level, place, "by", "group", period, band,
        people, days, coalesce(emergency, 0), behind_emergency FROM of_diabetes
    UNION ALL SELECT 'deaths-under-75-of-people-with-diabetes-per-1-000', level, place, "by", "group", period, band,
        under_75, under_75_days, coalesce(deaths_under_75, 0), coalesce(deaths_under_75, 0) FROM of_diabetes
    UNION ALL SELECT 'all-eight-care-processes-type-2', level, place, "by", "group", period, band,
        checked, checked_days, coalesce(all_eight, 0), coalesce(all_eight, 0) FROM of_diabetes
    UNION ALL SELECT 'hba1c-58-mmol-mol-or-under', level, place, "by", "group", period, band,
        adults, adult_days, coalesce(at_target, 0), coalesce(at_target, 0) FROM of_diabetes
    UNION ALL SELECT 'major-lower-limb-amputation-per-10-000', level, place, "by", "group", period, band,
        people, days, coalesce(amputations, 0), behind_amputations FROM of_diabetes
    UNION ALL SELECT 'residents-aged-17-and-over-with-diabetes', level, place, "by", "group", period, band,
        adults, adult_days, adults_with_diabetes, adults_with_diabetes FROM of_adults
    UNION ALL SELECT 'emergency-admissions-for-diabetes-per-100-000-residents', level, place, "by", "group", period, band,
        people, days, coalesce(emergency, 0), behind_emergency FROM of_everyone
) WHERE people > 0;
