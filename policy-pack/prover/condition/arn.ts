/**
 * ARN operators: the six components apart; ArnEquals behaves as ArnLike. What is no ARN is like none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
import { arnWise } from "../language/pattern";
import { pair, type Operator } from "./operator";

const arn: Omit<Operator, "negated"> = {
  plain: false,
  variables: true,
  predicate: (values, matchers) => matchers.of(values.map(arnWise).filter((value) => value !== undefined)),
};

export const arnOperators = [...pair("ArnEquals", "ArnNotEquals", arn), ...pair("ArnLike", "ArnNotLike", arn)];
