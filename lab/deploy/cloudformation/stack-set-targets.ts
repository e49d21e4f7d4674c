/** Which accounts and Regions the targets of a StackSet are: pure. */

/** As CloudFormation writes it. */
export interface DeploymentTargets {
  readonly OrganizationalUnitIds?: readonly string[];
  readonly Accounts?: readonly string[];
  readonly AccountFilterType?: "NONE" | "INTERSECTION" | "DIFFERENCE" | "UNION";
}

export interface Instances {
  readonly account: string;
  readonly region: string;
}

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeploymentTargets.html
 *
 * @param under the accounts under an organizational unit or the root, at any depth
 * @param management never a target of a service-managed StackSet
 */
export function targetsOf({ OrganizationalUnitIds = [], Accounts = [], AccountFilterType = "NONE" }: DeploymentTargets, regions: readonly string[], under: (ou: string) => readonly string[], management: string): readonly Instances[] {
  const inUnits = [...new Set(OrganizationalUnitIds.flatMap(under))];
  const filters = {
    NONE: () => inUnits,
    INTERSECTION: () => inUnits.filter((account) => Accounts.includes(account)),
    DIFFERENCE: () => inUnits.filter((account) => !Accounts.includes(account)),
    UNION: () => [...new Set([...inUnits, ...Accounts])],
  };
  const accounts = filters[AccountFilterType]().filter((account) => account !== management);
  return accounts.flatMap((account) => regions.map((region) => ({ account, region })));
}
