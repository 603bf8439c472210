/** The tables of metadata and their columns (ECMA-335, II.22), in the order of their numbers. */

/** The tables that a coded index can point into, by the value of its tag (II.24.2.6). An empty name is an unused tag. */
export const CODED = {
  TypeDefOrRef: 'TypeDef TypeRef TypeSpec',
  HasConstant: 'Field Param Property',
  HasCustomAttribute:
    'MethodDef Field TypeRef TypeDef Param InterfaceImpl MemberRef Module DeclSecurity Property Event StandAloneSig ' +
    'ModuleRef TypeSpec Assembly AssemblyRef File ExportedType ManifestResource GenericParam GenericParamConstraint MethodSpec',
  HasFieldMarshal: 'Field Param',
  HasDeclSecurity: 'TypeDef MethodDef Assembly',
  MemberRefParent: 'TypeDef TypeRef ModuleRef MethodDef TypeSpec',
  HasSemantics: 'Event Property',
  MethodDefOrRef: 'MethodDef MemberRef',
  MemberForwarded: 'Field MethodDef',
  Implementation: 'File AssemblyRef ExportedType',
  CustomAttributeType: '- - MethodDef MemberRef -',
  ResolutionScope: 'Module ModuleRef AssemblyRef TypeRef',
  TypeOrMethodDef: 'TypeDef MethodDef',
} as const;

export type CodedIndex = keyof typeof CODED;

/**
 * Columns: `u2`, `u4`, `string`, `guid` and `blob`; any other word is the table or the coded index that it points into.
 * The type of a constant is a byte and a zero, here `u2`.
 */
export const LAYOUT = {
  Module: 'Generation:u2 Name:string Mvid:guid EncId:guid EncBaseId:guid',
  TypeRef: 'Scope:ResolutionScope Name:string Namespace:string',
  TypeDef: 'Flags:u4 Name:string Namespace:string Extends:TypeDefOrRef Fields:Field Methods:MethodDef',
  FieldPtr: 'Field:Field',
  Field: 'Flags:u2 Name:string Signature:blob',
  MethodPtr: 'Method:MethodDef',
  MethodDef: 'Address:u4 ImplFlags:u2 Flags:u2 Name:string Signature:blob Params:Param',
  ParamPtr: 'Param:Param',
  Param: 'Flags:u2 Sequence:u2 Name:string',
  InterfaceImpl: 'Class:TypeDef Interface:TypeDefOrRef',
  MemberRef: 'Class:MemberRefParent Name:string Signature:blob',
  Constant: 'Type:u2 Parent:HasConstant Value:blob',
  CustomAttribute: 'Parent:HasCustomAttribute Type:CustomAttributeType Value:blob',
  FieldMarshal: 'Parent:HasFieldMarshal Native:blob',
  DeclSecurity: 'Action:u2 Parent:HasDeclSecurity Permissions:blob',
  ClassLayout: 'Pack:u2 Size:u4 Parent:TypeDef',
  FieldLayout: 'Offset:u4 Field:Field',
  StandAloneSig: 'Signature:blob',
  EventMap: 'Parent:TypeDef Events:Event',
  EventPtr: 'Event:Event',
  Event: 'Flags:u2 Name:string Type:TypeDefOrRef',
  PropertyMap: 'Parent:TypeDef Properties:Property',
  PropertyPtr: 'Property:Property',
  Property: 'Flags:u2 Name:string Signature:blob',
  MethodSemantics: 'Semantics:u2 Method:MethodDef Association:HasSemantics',
  MethodImpl: 'Class:TypeDef Body:MethodDefOrRef Declaration:MethodDefOrRef',
  ModuleRef: 'Name:string',
  TypeSpec: 'Signature:blob',
  ImplMap: 'Flags:u2 Member:MemberForwarded Name:string Scope:ModuleRef',
  FieldRVA: 'Address:u4 Field:Field',
  EncLog: 'Token:u4 Code:u4',
  EncMap: 'Token:u4',
  Assembly: 'Hash:u4 Major:u2 Minor:u2 Build:u2 Revision:u2 Flags:u4 Key:blob Name:string Culture:string',
  AssemblyProcessor: 'Processor:u4',
  AssemblyOS: 'Platform:u4 Major:u4 Minor:u4',
  AssemblyRef: 'Major:u2 Minor:u2 Build:u2 Revision:u2 Flags:u4 Key:blob Name:string Culture:string Hash:blob',
  AssemblyRefProcessor: 'Processor:u4 AssemblyRef:AssemblyRef',
  AssemblyRefOS: 'Platform:u4 Major:u4 Minor:u4 AssemblyRef:AssemblyRef',
  File: 'Flags:u4 Name:string Hash:blob',
  ExportedType: 'Flags:u4 TypeDef:u4 Name:string Namespace:string Implementation:Implementation',
  ManifestResource: 'Offset:u4 Flags:u4 Name:string Implementation:Implementation',
  NestedClass: 'Nested:TypeDef Enclosing:TypeDef',
  GenericParam: 'Number:u2 Flags:u2 Owner:TypeOrMethodDef Name:string',
  MethodSpec: 'Method:MethodDefOrRef Instantiation:blob',
  GenericParamConstraint: 'Owner:GenericParam Constraint:TypeDefOrRef',
} as const;

export type TableName = keyof typeof LAYOUT;

/** The names of a table's columns. */
export type ColumnName<T extends TableName> = NamesIn<(typeof LAYOUT)[T]>;
type NamesIn<Text extends string> = Text extends `${infer First} ${infer Others}`
  ? NamesIn<First> | NamesIn<Others>
  : Text extends `${infer Name}:${string}`
    ? Name
    : never;

export const TABLES = Object.keys(LAYOUT) as readonly TableName[];
