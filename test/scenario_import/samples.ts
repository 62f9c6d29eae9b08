import type { Source } from '../../src/scenario/genius/problem.ts';

/** Three parties share a canal lock: two discrete issues, one integer. */
export const DOMAIN = `<negotiation_template>
<utility_space number_of_issues="3">
<objective index="0" name="canal" type="objective" etype="objective">
<issue index="1" name="keeper" vtype="discrete" type="discrete" etype="discrete">
<item index="1" value="upper town"/>
<item index="2" value="lower town"/>
</issue>
<issue index="2" name="toll" vtype="discrete" type="discrete" etype="discrete">
<item index="1" value="free"/>
<item index="2" value="a penny"/>
<item index="3" value="a shilling"/>
</issue>
<issue index="3" name="hours" vtype="integer" type="integer" etype="integer" lowerbound="6" upperbound="10"/>
</objective>
</utility_space>
</negotiation_template>
`;

export const PROFILE = `<utility_space>
<objective index="0" name="canal" type="objective" etype="objective">
<issue index="1" name="keeper" vtype="discrete" type="discrete" etype="discrete">
<item index="1" value="upper town" evaluation="4"/>
<item index="2" value="lower town" evaluation="1"/>
</issue>
<issue index="2" name="toll" vtype="discrete" type="discrete" etype="discrete">
<item index="1" value="free" evaluation="0"/>
<item index="2" value="a penny" evaluation="0.25"/>
<item index="3" value="a shilling" evaluation="0.5"/>
</issue>
<issue index="3" name="hours" vtype="integer" type="integer" etype="integer" lowerbound="6" upperbound="10">
<evaluator ftype="linear" slope="0.25" offset="0.25"/>
</issue>
<weight index="1" value="0.5"/>
<weight index="2" value="0.3"/>
<weight index="3" value="0.2"/>
</objective>
<discount_factor value="1.0"/>
<reservation value="0.2"/>
</utility_space>
`;

export const WEB_DOMAIN = `{
  "name": "canal",
  "issuesValues": {
    "keeper": {"values": ["upper town", "lower town"]},
    "10": {"values": ["yes", "no"]},
    "toll": {"range": ["0", "1.2", "0.3"]}
  }
}
`;

export const WEB_PROFILE = `{
  "LinearAdditiveUtilitySpace": {
    "issueUtilities": {
      "keeper": {"discreteutils": {"valueUtilities": {"upper town": 1, "lower town": 0.25}}},
      "10": {"discreteutils": {"valueUtilities": {"yes": 0.3, "no": 0.9}}},
      "toll": {"numberutils": {"lowValue": 0, "lowUtility": 0.1, "highValue": 1.2, "highUtility": 0.9}}
    },
    "issueWeights": {"keeper": 0.5, "10": 0.3, "toll": 0.2},
    "name": "miller",
    "reservationBid": {"issuevalues": {"keeper": "lower town", "10": "yes", "toll": "0.3"}}
  }
}
`;

export const source = (name: string, text: string): Source => ({ name, text });

/** The same profile for each of three parties, but for those that are given. */
export const three = (text: string, others = text): Source[] => [
  source('miller.xml', text),
  source('bargee.xml', others),
  source('eel_fisher.xml', others),
];

/** A text with one passage replaced; a passage that is not there would make a test that checks nothing. */
export function edited(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`no "${from}" in the sample`);
  return text.replace(from, () => to);
}
