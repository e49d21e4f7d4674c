/** Alarms. */
import { type AnyHandler, type Context, handler } from "../handler";
import { queryCall } from "../signed-query";

/** PutMetricAlarm's input, as far as the project uses it. */
interface Alarm {
  readonly AlarmName: string;
  readonly [name: string]: unknown;
}

const call = ({ endpoint, region, credentials }: Context, action: string, parameters: Readonly<Record<string, unknown>>) =>
  queryCall({ endpoint, service: "monitoring", region, credentials, action, version: "2010-08-01", parameters });

/** An alarm, whatever its properties are called. */
function alarm<Props>(read: (props: Props) => Alarm, arnName: string): AnyHandler {
  const put = async (context: Context, props: Props) => {
    const input = read(props);
    await call(context, "PutMetricAlarm", input);
    return { id: input.AlarmName, attributes: { [arnName]: `arn:aws:cloudwatch:${context.region}:${context.account}:alarm:${input.AlarmName}` } };
  };
  return handler<Props>({
    create: put,
    update: put,
    async remove(context, { id }) {
      await call(context, "DeleteAlarms", { AlarmNames: [id] });
    },
  });
}

interface PulumiAlarm {
  readonly name: string;
  readonly alarmDescription?: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly statistic: string;
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly threshold: number;
  readonly comparisonOperator: string;
  readonly treatMissingData?: string;
}

export const cloudwatchHandlers: Readonly<Record<string, AnyHandler>> = {
  "AWS::CloudWatch::Alarm": alarm<Alarm>((props) => props, "Arn"),
  "aws:cloudwatch/metricAlarm:MetricAlarm": alarm<PulumiAlarm>(
    (props) => ({
      AlarmName: props.name,
      AlarmDescription: props.alarmDescription,
      Namespace: props.namespace,
      MetricName: props.metricName,
      Dimensions: Object.entries(props.dimensions ?? {}).map(([Name, Value]) => ({ Name, Value })),
      Statistic: props.statistic,
      Period: props.period,
      EvaluationPeriods: props.evaluationPeriods,
      Threshold: props.threshold,
      ComparisonOperator: props.comparisonOperator,
      TreatMissingData: props.treatMissingData,
    }),
    "arn",
  ),
};
