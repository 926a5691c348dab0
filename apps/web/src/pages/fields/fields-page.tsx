export const FieldsPage = () => null
